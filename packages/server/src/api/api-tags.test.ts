import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { HttpError } from "../errors.ts";
import { askApi } from "../http/ask-api.ts";
import type { Plugin } from "../types.ts";
import { defineApi } from "./define-api.ts";

describe("the tags of an API", () => {
  it("go along with a success, what it was made from and what it has changed", async () => {
    const api = defineApi({ reads: ["orders", "stock"], writes: ["orders"], handler: () => 1 });
    const { headers } = await askApi(api).ask();
    expect(headers).toMatchObject({ "api-reads": "orders,stock", "api-writes": "orders" });
  });

  it("are filled in by the params, as the schema has made them", async () => {
    const schema = z.object({ id: z.coerce.number(), name: z.string().trim() });
    const api = defineApi({ schema, reads: ["orders/:id", "users/:name/orders"], handler: () => 1 });
    const { headers } = await askApi(api).post({ id: "07", name: " a/b,ü " });
    expect(headers["api-reads"]).toBe("orders/7,users/a%2Fb%2C%C3%BC/orders");
  });

  it("may be a function of the params and the response", async () => {
    const api = defineApi({
      schema: z.object({ shop: z.string() }),
      writes: ({ params, response }) => [`shops/${params.shop}`, `orders/${response.id}`],
      handler: async () => ({ id: 7 }),
    });
    const { headers } = await askApi(api).post({ shop: "a" });
    expect(headers["api-writes"]).toBe("shops/a,orders/7");
    expect(headers).not.toHaveProperty("api-reads");
  });

  it("are encoded where a header could not hold them", async () => {
    const tags = ["a,b", "grüße", "two words", "50%", "🐢", "\ud800", "line\nbreak"];
    const encoded = "a%2Cb,gr%C3%BC%C3%9Fe,two%20words,50%,%F0%9F%90%A2,%EF%BF%BD,line%0Abreak";
    for (const reads of [tags, () => tags]) {
      const { headers } = await askApi(defineApi({ reads, handler: () => 1 })).ask();
      expect(headers["api-reads"]).toBe(encoded);
    }
  });

  it("are one each, whatever the params hold", async () => {
    const api = defineApi({ reads: ["orders/:id", "orders"], handler: () => 1 });
    const { post } = askApi(api);
    const text = fc.string({ unit: "binary", minLength: 1 });
    await fc.assert(
      fc.asyncProperty(text, async (id) => {
        const header = String((await post({ id })).headers["api-reads"]);
        expect(header).toMatch(/^orders\/[\u0021-\u002b\u002d-\u002e\u0030-\u007e]+,orders$/);
        expect(decodeURIComponent(header.slice(7, -7))).toBe(id.replaceAll(/\p{Surrogate}/gu, "\ufffd"));
      }),
    );
  });

  it("that are none say so: it changes nothing", async () => {
    const { headers } = await askApi(defineApi({ writes: [], handler: () => 1 })).ask();
    expect(headers["api-writes"]).toBe("");
  });

  it("go along with a stream, an empty reply and HEAD", async () => {
    const tagged = (handler: () => unknown) => askApi(defineApi({ method: "GET", reads: ["a"], handler }));
    expect((await tagged(() => new Response("text")).ask()).headers["api-reads"]).toBe("a");
    expect(await tagged(() => {}).ask()).toMatchObject({ status: 204, headers: { "api-reads": "a" } });
    expect((await tagged(() => 1).ask({ method: "HEAD" })).headers["api-reads"]).toBe("a");
  });

  it("that the handler sets by itself are left alone", async () => {
    const api = defineApi({ reads: ["a"], handler: ({ setHeader }) => setHeader("api-reads", "b") });
    expect((await askApi(api).ask()).headers["api-reads"]).toBe("b");
  });

  it("see what a plugin has answered in the handler's place", async () => {
    const early: Plugin = {
      type: "early",
      name: "early",
      onInvoke: (data) => void (data.response = { id: 3 }),
    };
    const api = defineApi({
      plugins: [early],
      reads: ({ response }) => [`orders/${response.id}`],
      handler: () => ({ id: 1 }),
    });
    expect((await askApi(api).ask()).headers["api-reads"]).toBe("orders/3");
  });
});

describe("no tags", () => {
  const TAGS = { reads: ["a"], writes: ["b"] } as const;

  it.each<[string, () => unknown]>([
    ["that the API throws", () => Promise.reject(new HttpError({ statusCode: 404 }))],
    ["that nobody expected", () => Promise.reject(new Error("planted"))],
    ["of a value that cannot be sent", () => 1n],
    ["by its status alone", () => new Response(null, { status: 404 })],
  ])("go along with a failure %s", async (_, handler) => {
    const { headers } = await askApi(defineApi({ ...TAGS, handler })).ask();
    expect(headers).not.toHaveProperty("api-reads");
    expect(headers).not.toHaveProperty("api-writes");
  });

  it("go along with a failure, also where they were set by hand", async () => {
    const api = defineApi({
      handler({ setHeader }) {
        setHeader("api-writes", "orders");
        throw new HttpError({ statusCode: 409 });
      },
    });
    expect((await askApi(api).ask()).headers).not.toHaveProperty("api-writes");
  });

  it("are there where the API says nothing", async () => {
    const { headers } = await askApi(defineApi({ handler: () => 1 })).ask();
    expect(Object.keys(headers)).toEqual(["content-type", "content-length"]);
  });
});

describe("a tag that cannot be made", () => {
  const reading = (reads: never) => {
    const api = askApi(defineApi({ reads, handler: () => ({ id: 1 }) }));
    const read = async (body: unknown) => {
      const { status, headers } = await api.post(body);
      expect(status).toBe(200);
      return headers["api-reads"];
    };
    return { read, lines: api.lines };
  };

  it.each([[{}], [{ id: "" }], [{ id: null }], [{ id: ["1"] }], [[1]]])(
    "for want of a param is left out, and logged: %o",
    async (body) => {
      const { read, lines } = reading(["orders", "orders/:id"] as never);
      expect(await read(body)).toBe("orders");
      expect(lines).toMatchObject([{ level: "error", fields: { err: { code: "INVALID_REPLY" } } }]);
    },
  );

  it("leaves no header where it was the only one, so that clients go by what they know", async () => {
    const { read, lines } = reading(["orders/:id"] as never);
    expect(await read({})).toBeUndefined();
    expect(lines).toHaveLength(1);
  });

  it.each([
    [
      "that throws",
      () => {
        throw new Error("planted");
      },
    ],
    ["that gives no array", () => "orders"],
    ["that gives something else than text", () => ["orders", 1]],
    ["that gives an empty text", () => [""]],
    ["that gives too many", () => Array.from({ length: 2_000 }, (_, id) => `orders/${id}`)],
    ["that gives a promise", async () => ["orders"]],
  ])("by a function %s leaves no header, and is logged", async (_, tags) => {
    const { read, lines } = reading(tags as never);
    expect(await read({})).toBeUndefined();
    expect(lines).toMatchObject([{ level: "error", fields: { err: { code: "INVALID_REPLY" } } }]);
  });

  it("because a param is too long leaves no header, and is logged", async () => {
    const { read, lines } = reading(["orders/:id"] as never);
    expect(await read({ id: "x".repeat(8_000) })).toBeUndefined();
    expect(lines).toHaveLength(1);
  });
});

it("refuses tags that are none where they are made", () => {
  for (const tags of ["orders", [1], [""], null, {}, ["x".repeat(8_001)]])
    for (const option of ["reads", "writes"])
      expect(() => defineApi({ [option]: tags as never, handler: () => {} })).toThrow(
        expect.objectContaining({ code: "INVALID_API" }),
      );
});
