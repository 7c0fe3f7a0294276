import { describe, expect, it } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import type { ApiData } from "../../types.ts";
import { askApi } from "../ask-api.ts";
import type { HttpConfig } from "../config/http-config.ts";
import { HttpPlugin } from "../http-plugin.ts";

const running = (handler: (data: ApiData) => unknown, config: HttpConfig = { etag: true }) =>
  askApi(
    defineApi({
      method: ["GET", "POST"],
      plugins: [new HttpPlugin({ config })],
      handler: (data) => handler(data as ApiData),
    }),
  );

describe("a tagged reply", () => {
  const api = running(({ params }) => ({ params, text: "żółw" }));

  it("has the same weak tag for the same body, and another for another", async () => {
    const [first, again, other] = [
      await api.ask({ method: "GET" }),
      await api.ask({ method: "GET" }),
      await api.ask({ method: "GET", queryString: "a=1" }),
    ].map(({ headers }) => headers["etag"]);
    expect(first).toMatch(/^W\/"[\w+/=-]+"$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it("is 304 without a body for a client that has it, and HEAD alike", async () => {
    const { etag } = (await api.ask({ method: "GET" })).headers;
    for (const method of ["GET", "HEAD"])
      for (const tags of [etag, `"x", ${String(etag)}`, String(etag).slice(2), "*"])
        expect(await api.reply({ method, headers: { "if-none-match": String(tags) } })).toEqual({
          status: 304,
          headers: { etag },
          body: null,
        });
    expect(await api.ask({ method: "GET", headers: { "if-none-match": '"x,y"' } })).toMatchObject({
      status: 200,
    });
  });

  it("is sent whole to who reloads", async () => {
    const { etag } = (await api.ask({ method: "GET" })).headers;
    const headers = { "if-none-match": String(etag), "cache-control": "no-cache" };
    expect((await api.ask({ method: "GET", headers })).status).toBe(200);
  });

  it("is none for POST, streams, errors, and what has a tag of its own", async () => {
    expect((await api.ask({ method: "POST" })).headers).not.toHaveProperty("etag");
    expect((await running(() => new Blob(["a"]).stream()).ask({ method: "GET" })).headers).not.toHaveProperty(
      "etag",
    );
    const created = running(({ setStatusCode }) => {
      setStatusCode(201);
      return 1;
    });
    expect((await created.ask({ method: "GET" })).headers).not.toHaveProperty("etag");
    const own = running(({ setHeader }) => {
      setHeader("etag", '"own"');
      return 1;
    });
    expect((await own.ask({ method: "GET" })).headers["etag"]).toBe('"own"');
  });

  it("keeps cookies and what caches are told in a 304", async () => {
    const cached = running(({ setHeader, cookie }) => {
      setHeader("cache-control", "max-age=60");
      setHeader("content-language", "pl");
      cookie.set("a", "1");
      return 1;
    });
    const { headers } = await cached.reply({ method: "GET", headers: { "if-none-match": "*" } });
    expect(Object.keys(headers).toSorted()).toEqual(["cache-control", "etag", "set-cookie"]);
  });
});

describe("a reply with a tag or a date of the handler's own", () => {
  const dated = running(({ setHeader }) => {
    setHeader("last-modified", "Wed, 01 Jan 2025 00:00:00 GMT");
    return new Blob(["a"]).stream();
  }, {});

  it.each([
    ["Wed, 01 Jan 2025 00:00:00 GMT", 304],
    ["Thu, 02 Jan 2025 00:00:00 GMT", 304],
    ["Tue, 31 Dec 2024 23:59:59 GMT", 200],
    ["nonsense", 200],
    ["", 200],
  ])("is compared without the option too: if-modified-since %j is %d", async (since, status) => {
    const headers = { "if-modified-since": since };
    expect((await dated.ask({ method: "GET", headers })).status).toBe(status);
    expect((await dated.ask({ method: "POST", headers })).status).toBe(200);
  });

  it("is judged by its tag alone where the client names one", async () => {
    const headers = { "if-none-match": '"x"', "if-modified-since": "Thu, 02 Jan 2025 00:00:00 GMT" };
    expect((await dated.ask({ method: "GET", headers })).status).toBe(200);
    const tagged = running(({ setHeader }) => {
      setHeader("etag", '"a,b"');
      return 1;
    }, {});
    const asking = (tags: string) => tagged.ask({ method: "GET", headers: { "if-none-match": tags } });
    expect((await asking('W/"a,b"')).status).toBe(304);
    expect((await asking("*")).status).toBe(304);
    expect((await dated.ask({ method: "GET", headers: { "if-none-match": "*" } })).status).toBe(200);
    expect((await asking('"a"')).status).toBe(200);
    expect((await asking("a,b")).status).toBe(200);
  });
});
