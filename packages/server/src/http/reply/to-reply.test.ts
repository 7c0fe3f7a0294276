import { describe, expect, it } from "vitest";
import { HttpError } from "../../errors.ts";
import { defineApi } from "../../api/define-api.ts";
import type { ApiData, Plugin } from "../../types.ts";
import { askApi } from "../ask-api.ts";

const running = (handler: (data: ApiData) => unknown, ...plugins: readonly Plugin[]) =>
  askApi(defineApi({ method: ["GET", "POST"], plugins, handler: (data) => handler(data as ApiData) }));

describe("setStatusCode", () => {
  it("sets the status of a success", async () => {
    const api = running(({ setStatusCode }) => {
      setStatusCode(201);
      return { a: 1 };
    });
    expect(await api.ask()).toMatchObject({ status: 201, json: { a: 1 } });
  });

  it("keeps undefined from being 204, and has an empty body then", async () => {
    const reply = await running(({ setStatusCode }) => setStatusCode(202)).reply();
    expect(reply).toMatchObject({ status: 202, headers: { "content-length": "0" }, body: null });
  });

  it.each([204, 304])("drops a value where %d has no body", async (status) => {
    const api = running(({ setStatusCode, setHeader }) => {
      setStatusCode(status);
      setHeader("x-a", "1");
      return { a: 1 };
    });
    expect(await api.reply()).toMatchObject({ status, body: null });
    expect(Object.keys((await api.reply()).headers)).toEqual(["x-a"]);
  });

  it.each([100, 199, 600, 200.5, NaN, "200" as unknown as number])("refuses %s", async (status) => {
    const api = running(({ setStatusCode }) => setStatusCode(status));
    expect((await api.ask()).status).toBe(500);
    expect(api.lines.at(-1)?.fields["err"]).toMatchObject({ code: "INVALID_REPLY" });
  });

  it("does not count for an error", async () => {
    const api = running(({ setStatusCode }) => {
      setStatusCode(201);
      throw new HttpError({ statusCode: 404 });
    });
    expect((await api.ask()).status).toBe(404);
  });
});

describe("setHeader", () => {
  const setting = async (...calls: readonly Parameters<ApiData["setHeader"]>[]) => {
    const api = running(({ setHeader }) => {
      for (const call of calls) setHeader(...call);
      return 1;
    });
    return (await api.ask()).headers;
  };

  it("sets text, numbers and several lines, the last call counts, and the case of names does not", async () => {
    const headers = await setting(
      ["X-A", "1"],
      ["x-a", 2],
      ["x-b", ["1", "2"]],
      ["x-c", "1"],
      ["X-C", undefined],
    );
    expect(headers).toMatchObject({ "x-a": "2", "x-b": ["1", "2"] });
    expect(headers).not.toHaveProperty("x-c");
  });

  it("adds up lines of set-cookie", async () => {
    const headers = await setting(["set-cookie", "a=1"], ["Set-Cookie", ["b=2", "c=3"]]);
    expect(headers["set-cookie"]).toEqual(["a=1", "b=2", "c=3"]);
    expect(await setting(["set-cookie", "a=1"], ["set-cookie", undefined])).not.toHaveProperty("set-cookie");
  });

  it("keeps the true length, whatever is said of it", async () => {
    expect(await setting(["content-length", 99])).toMatchObject({ "content-length": "1" });
  });

  it("takes every name that a header can have", async () => {
    expect(Object.keys(await setting(["__proto__", "1"], ["constructor", "2"]))).toEqual(
      expect.arrayContaining(["__proto__", "constructor"]),
    );
  });

  it("goes out with an error too, except for what was said of the success", async () => {
    const api = running(({ setHeader, setContentType }) => {
      setContentType("text/csv");
      setHeader("ratelimit-remaining", 0);
      setHeader("content-disposition", "attachment");
      setHeader("cache-control", "max-age=60");
      setHeader("etag", '"1"');
      throw new HttpError({ statusCode: 400, headers: { "x-a": "1" } });
    });
    const { headers } = await api.ask();
    expect(Object.keys(headers).toSorted()).toEqual([
      "content-length",
      "content-type",
      "ratelimit-remaining",
      "x-a",
    ]);
    expect(headers["content-type"]).toBe("application/problem+json");
  });

  it.each<Parameters<ApiData["setHeader"]>>([
    ["a b", "1"],
    ["", "1"],
    ["a:", "1"],
    ["a\r\nb", "1"],
    ["x-a", "1\r\nset-cookie: a=b"],
    ["x-a", "1\n"],
    ["x-a", "\0"],
    ["x-a", "ż"],
    ["x-a", ["1", "2\r\n"]],
    ["x-a", {} as unknown as string],
    ["x-a", null as unknown as string],
    ["connection", "close"],
    ["Transfer-Encoding", "chunked"],
    ["keep-alive", "timeout=5"],
    ["upgrade", "h2c"],
  ])("refuses %j with %j, at once and by a code", async (name, value) => {
    const api = running(({ setHeader }) => {
      try {
        setHeader(name, value);
        return "was taken";
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    expect((await api.ask()).json).toBe("INVALID_REPLY");
  });
});

describe("setContentType", () => {
  it.each([
    [["text/csv"], "text/csv; charset=utf-8"],
    [["text/plain", "latin1"], "text/plain; charset=latin1"],
    [["text/html; charset=ascii"], "text/html; charset=ascii"],
    [["image/svg+xml"], "image/svg+xml; charset=utf-8"],
    [["application/pdf"], "application/pdf"],
  ] as const)("%j sends %s", async (args, expected) => {
    const api = running(({ setContentType }) => {
      setContentType(...(args as readonly [string, string?]));
      return "text";
    });
    const { headers, text } = await api.ask();
    expect({ type: headers["content-type"], text }).toEqual({ type: expected, text: "text" });
  });

  it("leaves texts JSON where the type is JSON, and objects JSON whatever the type", async () => {
    const typed = (type: string, value: unknown) =>
      running(({ setContentType }) => {
        setContentType(type);
        return value;
      }).ask();
    expect(await typed("application/vnd.api+json", "text")).toMatchObject({ text: '"text"' });
    expect(await typed("text/plain", { a: 1 })).toMatchObject({ text: '{"a":1}' });
    expect(await typed("text/plain", "")).toMatchObject({ status: 200, text: "" });
  });
});

describe("setBody", () => {
  const body = (value: Parameters<ApiData["setBody"]>[0]) => running(({ setBody }) => setBody(value)).ask();

  it("sends text and bytes as they are, in place of the value", async () => {
    expect(await body("<b>")).toMatchObject({
      status: 200,
      text: "<b>",
      headers: { "content-type": "text/plain; charset=utf-8", "content-length": "3" },
    });
    expect(await body(new Uint8Array([65]))).toMatchObject({
      text: "A",
      headers: { "content-type": "application/octet-stream", "content-length": "1" },
    });
    expect(await body(new Blob(["abc"]).stream())).toMatchObject({ status: 200, text: "abc" });
    expect(await body(null)).toMatchObject({ status: 204, text: "" });
  });

  it("refuses what a handler returns instead", async () => {
    expect(await body({ a: 1 } as unknown as string)).toMatchObject({ status: 500 });
  });

  it("counts when a plugin says it further out", async () => {
    const plugin: Plugin = {
      type: "wrap",
      name: "wrap",
      async onInvoke(data, next) {
        await next();
        data.setBody?.(`[${JSON.stringify(data.response)}]`);
        data.setContentType?.("application/json");
      },
    };
    expect((await running(() => 1, plugin).ask()).json).toEqual([1]);
  });
});

describe("what is no JSON", () => {
  it.each([
    ["bytes", new Uint8Array([97, 98])],
    ["a buffer of Node", Buffer.from("ab")],
    ["an array buffer", new Uint8Array([97, 98]).buffer],
    ["a view of another type", new DataView(new Uint8Array([0, 97, 98]).buffer, 1)],
  ])("is sent as it is: %s, with its length", async (_, value) => {
    const { headers, text } = await running(() => value).ask();
    expect(text).toBe("ab");
    expect(headers).toEqual({
      "content-type": "application/octet-stream",
      "content-length": "2",
      "x-content-type-options": "nosniff",
    });
  });

  it("is sent as it is: a Blob or a File with its type and length", async () => {
    expect(await running(() => new File(["ab"], "a.txt", { type: "text/plain" })).ask()).toMatchObject({
      text: "ab",
      headers: { "content-type": "text/plain", "content-length": "2" },
    });
  });

  it("keeps browsers from guessing its type, unless somebody wants them to", async () => {
    const { headers } = await running(({ setHeader }) => {
      setHeader("x-content-type-options", undefined);
      return new Uint8Array(1);
    }).ask();
    expect(headers).not.toHaveProperty("x-content-type-options");
    expect((await running(() => "json").ask()).headers).not.toHaveProperty("x-content-type-options");
  });
});
