import { describe, expect, it } from "vitest";
import { HttpError } from "../errors.ts";
import { defineApi } from "../api/define-api.ts";
import { Func } from "../func/func.ts";
import { silentLogger } from "../testing/silent-logger.ts";
import type { Plugin } from "../types.ts";
import { askApi } from "./ask-api.ts";
import { HttpPlugin } from "./http-plugin.ts";

const attached = <Value extends Func>(func: Value): Value => {
  func.attach({ name: "t", logger: silentLogger, mountTimeoutMs: 10_000, prepare: async (code) => code });
  return func;
};

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe("the http plugin", () => {
  it("refuses a configuration with every fault, and shows no secret", () => {
    const config = { maxFields: "a", session: { secret: "hunter2" } };
    const thrown = thrownBy(() => new HttpPlugin({ config }));
    expect(thrown).toMatchObject({
      code: "INVALID_CONFIG",
      plugins: ["http"],
      faults: [
        { keyPath: ["plugins", "http", "config", "maxFields"] },
        { keyPath: ["plugins", "http", "config", "session", "secret"] },
      ],
    });
    expect(String(thrown)).not.toContain("hunter2");
    expect(() => new HttpPlugin().applyConfig({ name: "http", type: "http", config })).toThrow(
      expect.objectContaining({ code: "INVALID_CONFIG" }),
    );
  });

  it("lays configuration over what code has given it", async () => {
    const http = new HttpPlugin({
      config: { cookie: { secure: false, path: "/code" }, cors: { origins: ["https://code.com"] } },
    });
    http.applyConfig({
      name: "http",
      type: "http",
      config: { cookie: { path: "/yaml" }, cors: { origins: ["https://yaml.com"] } },
    });
    const api = askApi(defineApi({ plugins: [http], handler: ({ cookie }) => cookie.set("a", "1") }));
    const asking = async (origin: string) => (await api.ask({ headers: { origin } })).headers;
    expect((await asking("https://yaml.com"))["set-cookie"]).toEqual([
      "a=1; Path=/yaml; HttpOnly; SameSite=Lax",
    ]);
    expect(await asking("https://yaml.com")).toHaveProperty("access-control-allow-origin");
    expect(await asking("https://code.com")).not.toHaveProperty("access-control-allow-origin");
  });

  it("shows nothing of its configuration", () => {
    const http = new HttpPlugin({ config: { session: { secret: "hunter2".repeat(5) } } });
    expect(JSON.stringify(http)).not.toContain("hunter2");
  });

  it("gives plugins further out everything but params", async () => {
    const early: Plugin = {
      type: "early",
      name: "early",
      async onInvoke(data, next) {
        expect(data.params).toBeUndefined();
        data.setHeader?.("x-early", data.cookie?.get("a"));
        await data.session?.set("seen", true);
        await next();
        expect(data.params).toEqual({ a: "1" });
      },
    };
    const http = new HttpPlugin({ config: { session: { secret: "s".repeat(32) } } });
    const api = askApi(defineApi({ plugins: [early, http], handler: ({ session }) => session.get("seen") }));
    const { json, headers } = await api.ask({ queryString: "a=1", headers: { cookie: "a=c" } });
    expect(json).toBe(true);
    expect(headers["x-early"]).toBe("c");
  });

  it("lets a plugin further out answer for a body that cannot be read", async () => {
    const lenient: Plugin = {
      type: "lenient",
      name: "lenient",
      async onInvoke(data, next) {
        try {
          await next();
        } catch (error) {
          if (!(error instanceof HttpError)) throw error;
          data.response = { recovered: error.code };
        }
      },
    };
    const api = askApi(defineApi({ plugins: [lenient, new HttpPlugin()], handler: () => 1 }));
    const request = { headers: { "content-type": "application/json" }, body: "{" };
    expect((await api.ask(request)).json).toEqual({ recovered: "MALFORMED_JSON" });
  });

  it("gives functions that work without their object, and fields that nothing overwrites", async () => {
    const api = askApi(
      defineApi({
        handler(data) {
          const { setHeader, setStatusCode, setContentType, setBody, cookie, session } = data;
          expect(data.cookie).toBe(cookie);
          expect(data.session).toBe(session);
          for (const field of ["cookie", "session", "setHeader", "setBody"])
            expect(Reflect.set(data, field, null)).toBe(false);
          setHeader("x-a", "1");
          setStatusCode(201);
          setContentType("text/plain");
          setBody("done");
        },
      }),
    );
    expect(await api.ask()).toMatchObject({
      status: 201,
      text: "done",
      headers: { "x-a": "1", "content-type": "text/plain; charset=utf-8" },
    });
  });

  it("keeps requests apart that run at the same time", async () => {
    const api = askApi(
      defineApi({
        async handler({ params, setHeader, cookie }) {
          setHeader("x-id", String(params["id"]));
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
          return { id: params["id"], cookie: cookie.get("id") };
        },
      }),
    );
    const ids = Array.from({ length: 50 }, (_, index) => String(index));
    const replies = await Promise.all(
      ids.map((id) => api.ask({ queryString: `id=${id}`, headers: { cookie: `id=${id}` } })),
    );
    expect(replies.map(({ headers }) => headers["x-id"])).toEqual(ids);
    expect(replies.map(({ json }) => json)).toEqual(ids.map((id) => ({ id, cookie: id })));
  });

  it("takes params that whoever invokes has given, and an event with nothing in it", async () => {
    const api = attached(defineApi({ handler: ({ params }) => params }));
    expect(await api.invoke({})).toEqual({});
    // Fields beside the framework's stand on data from the start.
    expect(await api.invoke({ params: { a: 1 } } as object)).toEqual({ a: 1 });
    expect(await api.invoke({ event: { queryString: "a=1" } })).toEqual({ a: "1" });
  });

  it("leaves the event of a job alone", async () => {
    const job = attached(
      new Func({
        runtime: "job",
        plugins: [new HttpPlugin()],
        handler: ({ params, event }) => ({ params, event: event as unknown }),
      }),
    );
    const event = { body: "{", headers: { "content-type": "application/json" } };
    expect(await job.invoke({ event })).toEqual({ params: undefined, event });
  });
});
