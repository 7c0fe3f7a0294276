import { describe, expect, it } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import type { ApiData } from "../../types.ts";
import { askApi } from "../ask-api.ts";

const running = (handler: (data: ApiData) => unknown) =>
  askApi(defineApi({ handler: (data) => handler(data as ApiData) }));

describe("a web Response", () => {
  it("passes through with its status and headers", async () => {
    const response = () =>
      Response.json({ a: 1 }, { status: 201, headers: { "x-a": "1", "content-language": "pl" } });
    expect(await running(response).ask()).toMatchObject({
      status: 201,
      json: { a: 1 },
      headers: { "x-a": "1", "content-type": "application/json", "content-language": "pl" },
    });
  });

  it("gives way to what plugins and the handler have set", async () => {
    const api = running(({ setHeader, setStatusCode }) => {
      setHeader("x-a", "set");
      setHeader("x-b", undefined);
      setStatusCode(202);
      return new Response("a", { headers: { "x-a": "1", "x-b": "1", "x-c": "1" } });
    });
    const { status, headers } = await api.ask();
    expect(status).toBe(202);
    expect(headers).toMatchObject({ "x-a": "set", "x-c": "1" });
    expect(headers).not.toHaveProperty("x-b");
  });

  it("may be that of another implementation", async () => {
    class Response {
      readonly status = 201;
      readonly headers = new Headers({ "x-a": "1" });
      readonly body = new Blob(["a"]).stream();
      readonly bodyUsed = false;
      readonly url = "";
      readonly [Symbol.toStringTag] = "Response";
    }
    expect(await running(() => new Response()).ask()).toMatchObject({
      status: 201,
      text: "a",
      headers: { "x-a": "1" },
    });
  });

  it("may have no body, and may be a redirect", async () => {
    expect(await running(() => new Response(null, { status: 204 })).reply()).toEqual({
      status: 204,
      headers: {},
      body: null,
    });
    expect(await running(() => new Response(null)).reply()).toMatchObject({
      status: 200,
      headers: { "content-length": "0" },
    });
    expect(await running(() => Response.redirect("https://example.com/a", 303)).reply()).toMatchObject({
      status: 303,
      headers: { location: "https://example.com/a" },
    });
  });

  it("loses what belongs to another connection, and what fetch has undone", async () => {
    const response = new Response("unpacked", {
      headers: { "content-encoding": "gzip", "content-length": "3", "keep-alive": "timeout=5", etag: '"1"' },
    });
    // What fetch has brought knows where from.
    Object.defineProperty(response, "url", { value: "https://example.com/" });
    const { headers, text } = await running(() => response).ask();
    expect(text).toBe("unpacked");
    expect(Object.keys(headers).toSorted()).toEqual(["content-type", "etag"]);
  });

  it.each([
    [
      "whose body was read",
      async () => {
        const response = new Response("a");
        await response.text();
        return response;
      },
    ],
    [
      "whose body somebody reads",
      () => {
        const response = new Response("a");
        response.body?.getReader();
        return response;
      },
    ],
    ["that is an error of the network", () => Response.error()],
  ])("is an opaque 500 when it is one %s", async (_, handler) => {
    const api = running(handler);
    expect((await api.ask()).status).toBe(500);
    expect(api.lines).toMatchObject([{ level: "error", fields: { err: { code: "INVALID_REPLY" } } }]);
  });
});
