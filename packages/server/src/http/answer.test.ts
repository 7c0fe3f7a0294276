import { describe, expect, it } from "vitest";
import { HttpError } from "../errors.ts";
import { defineApi } from "../api/define-api.ts";
import { Func } from "../func/func.ts";
import type { Plugin } from "../types.ts";
import { askApi } from "./ask-api.ts";
import { HttpPlugin } from "./http-plugin.ts";

const returning = (value: unknown) => askApi(defineApi({ handler: () => value }));

describe("what a handler returns", () => {
  it.each([
    [0, "0"],
    [false, "false"],
    ["", '""'],
    [null, "null"],
  ])("B-72: %j is 200 with that value", async (value, text) => {
    const reply = await returning(value).ask();
    expect(reply).toMatchObject({ status: 200, text });
    expect(reply.headers).toEqual({
      "content-type": "application/json",
      "content-length": String(text.length),
    });
  });

  it("B-72: undefined is 204, with neither body nor length", async () => {
    expect(await returning(undefined).reply()).toEqual({ status: 204, headers: {}, body: null });
  });

  it("is JSON as it is: no envelope, and NaN and dates as JSON has them", async () => {
    const { json } = await returning({ list: [1, NaN], at: new Date(0) }).ask();
    expect(json).toEqual({ list: [1, null], at: "1970-01-01T00:00:00.000Z" });
  });

  it("is counted in bytes, not characters", async () => {
    const { headers, text } = await returning("żółw 🐢").ask();
    expect(headers["content-length"]).toBe(String(new TextEncoder().encode(text).length));
  });

  it("is what a plugin has made of it", async () => {
    const shout: Plugin = {
      type: "shout",
      name: "shout",
      async onInvoke(data, next) {
        await next();
        data.response = `${String(data.response)}!`;
      },
    };
    const api = askApi(defineApi({ plugins: [shout], handler: () => "hi" }));
    expect((await api.ask()).json).toBe("hi!");
  });

  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;
  const throwing = {
    toJSON() {
      throw new Error("secret");
    },
  };
  it.each([
    ["a big integer", 1n],
    ["a cycle", cycle],
    ["a toJSON that throws", throwing],
    ["a function", () => {}],
    ["a symbol", Symbol("a")],
  ])("B-73: %s is an opaque 500 that is logged once", async (_, value) => {
    const api = returning(value);
    const { status, text, json } = await api.ask({ headers: { "x-request-id": "r1" } });
    expect(status).toBe(500);
    expect(json).toEqual({ type: "about:blank", title: "Internal Server Error", status: 500, id: "r1" });
    expect(text).not.toContain("secret");
    const errors = api.lines.filter(({ level }) => level === "error");
    expect(errors).toMatchObject([{ fields: { requestId: "r1", err: { code: "INVALID_REPLY" } } }]);
  });
});

describe("what is thrown", () => {
  const throwing = (error: unknown) =>
    askApi(
      defineApi({
        handler() {
          throw error;
        },
      }),
    );

  it("B-73: an HttpError keeps status, message, code, errors and headers", async () => {
    const error = new HttpError({
      statusCode: 429,
      message: "slow down",
      code: "TOO_FAST",
      errors: [{ path: "", message: "five a minute" }],
      headers: { "Retry-After": "60" },
    });
    const { status, headers, json } = await throwing(error).ask();
    expect(status).toBe(429);
    expect(headers).toMatchObject({ "content-type": "application/problem+json", "retry-after": "60" });
    expect(json).toEqual({
      type: "about:blank",
      title: "Too Many Requests",
      status: 429,
      detail: "slow down",
      code: "TOO_FAST",
      errors: [{ path: "", message: "five a minute" }],
    });
  });

  it("B-73: an HttpError of another copy of the package is one all the same", async () => {
    const foreign = Object.assign(new Error("gone"), { name: "HttpError", statusCode: 410 });
    expect(await throwing(foreign).ask()).toMatchObject({ status: 410, json: { detail: "gone" } });
  });

  it.each([
    ["an Error", new Error("password=hunter2")],
    ["a text", "password=hunter2"],
    ["undefined", undefined],
    ["an object without a prototype", Object.assign(Object.create(null), { password: "hunter2" })],
    ["a DOMException", new DOMException("password=hunter2", "AbortError")],
  ])("B-73: %s is a 500 with an id and nothing else, logged once with that id", async (_, error) => {
    const api = throwing(error);
    const { status, headers, text, json } = await api.ask();
    const { id, ...rest } = json as { id: string };
    expect(rest).toEqual({ type: "about:blank", title: "Internal Server Error", status: 500 });
    expect(text).not.toContain("hunter2");
    expect(status).toBe(500);
    expect(Object.keys(headers).toSorted()).toEqual(["content-length", "content-type"]);
    const errors = api.lines.filter(({ level }) => level === "error");
    expect(errors).toMatchObject([{ fields: { requestId: id, err: error } }]);
  });

  it.each([200, 302, 399, 600, 404.5, NaN])(
    "B-73: an HttpError with the status %d is an opaque 500, and is logged as a failure",
    async (statusCode) => {
      const api = throwing(new HttpError({ statusCode, message: "secret" }));
      const { status, text } = await api.ask();
      expect(status).toBe(500);
      expect(text).not.toContain("secret");
      expect(api.lines.some(({ level }) => level === "error")).toBe(true);
    },
  );

  it("sends no header that is none, and says so in the log", async () => {
    const headers = { "x-a": "1\r\nset-cookie: a=b", "x b": "1", connection: "close", "x-c": "1" };
    const api = throwing(new HttpError({ statusCode: 400, headers }));
    const reply = await api.ask();
    expect(Object.keys(reply.headers).toSorted()).toEqual(["content-length", "content-type", "x-c"]);
    const errors = api.lines.filter(({ level }) => level === "error");
    expect(errors).toHaveLength(3);
    expect(JSON.stringify(errors)).not.toContain("set-cookie");
  });

  it("adds its own lines of set-cookie to those of the request", async () => {
    const api = askApi(
      defineApi({
        handler({ cookie, setHeader }) {
          cookie.set("jar", "1");
          setHeader("set-cookie", "draft=1");
          throw new HttpError({ statusCode: 401, headers: { "set-cookie": "error=1" } });
        },
      }),
    );
    const lines = (await api.ask()).headers["set-cookie"] as string[];
    expect(lines.map((line) => line.split("=")[0])).toEqual(["error", "draft", "jar"]);
  });

  it("is an opaque 500 where its errors have no form in JSON", async () => {
    const api = throwing(new HttpError({ statusCode: 400, errors: [1n] }));
    expect((await api.ask()).status).toBe(500);
    expect(api.lines.some(({ level }) => level === "error")).toBe(true);
  });

  it("never makes answer reject, whatever it is and however it is logged", async () => {
    const evil = new Proxy(new Error("a"), {
      get() {
        throw new Error("no");
      },
    });
    expect((await throwing(evil).ask()).status).toBe(500);
  });
});

describe("methods", () => {
  const seen: string[] = [];
  const api = askApi(
    defineApi({
      method: ["GET", "POST"],
      plugins: [
        {
          type: "spy",
          name: "spy",
          async onInvoke({ event }, next) {
            seen.push(event.method);
            await next();
          },
        },
      ],
      handler: () => ({ a: 1 }),
    }),
  );

  it("are answered with 405 and Allow where the function does not answer them, without running anything", async () => {
    for (const method of ["PUT", "DELETE", "TRACE", "BREW"]) {
      const { status, headers, json } = await api.ask({ method });
      expect(status).toBe(405);
      expect(headers["allow"]).toBe("GET, POST, HEAD, OPTIONS");
      expect(json).toMatchObject({ code: "METHOD_NOT_ALLOWED" });
    }
    expect(seen).toEqual([]);
  });

  it("HEAD runs as GET and keeps the headers without the body", async () => {
    const get = await api.reply({ method: "GET" });
    expect(await api.reply({ method: "HEAD" })).toEqual({ ...get, body: null });
    expect(seen.splice(0)).toEqual(["GET", "GET"]);
  });

  it("HEAD of an API without GET is 405", async () => {
    const { status, headers } = await askApi(defineApi({ handler: () => 1 })).ask({ method: "HEAD" });
    expect({ status, allow: headers["allow"] }).toEqual({ status: 405, allow: "POST, OPTIONS" });
  });

  it("OPTIONS tells the methods without running anything", async () => {
    expect(await api.reply({ method: "OPTIONS" })).toEqual({
      status: 204,
      headers: { allow: "GET, POST, HEAD, OPTIONS" },
      body: null,
    });
    expect(seen).toEqual([]);
  });
});

describe("a function without the http plugin", () => {
  it("is answered by the defaults, its failures too", async () => {
    expect(await askApi(new Func({ handler: () => ({ a: 1 }) })).ask()).toMatchObject({
      status: 200,
      json: { a: 1 },
    });
    const failing = askApi(
      new Func({
        handler() {
          throw new HttpError({ statusCode: 404, message: "no" });
        },
      }),
    );
    expect(await failing.ask()).toMatchObject({ status: 404 });
    expect(await failing.ask({ method: "GET" })).toMatchObject({ status: 405 });
  });
});

describe("what a platform gives as context", () => {
  it("is there for plugins, with its id and its deadline", async () => {
    const api = askApi(
      new Func({
        plugins: [new HttpPlugin()],
        handler: ({ context, signal }) => ({ ...context, id: context.requestId, aborted: signal.aborted }),
      }),
    );
    const context = { requestId: "platform-1", deadline: 1, tenant: "a" };
    const { json } = await api.ask({ context, headers: { "x-request-id": "client-1" } });
    expect(json).toMatchObject({ id: "platform-1", tenant: "a" });
  });
});
