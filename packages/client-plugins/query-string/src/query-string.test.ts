import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { queryString, type QueryStringOptions } from "./index.ts";

/** What arrives of a query, decoded. */
async function written(query: object, config?: QueryStringOptions, options?: QueryStringOptions) {
  const { client, transport } = createTestBench();
  transport.reply("GET items", { data: 1 });
  const { error } = await client.use([queryString(config)]).get("items", { query, ...options });
  if (error) throw error;
  return decodeURIComponent(transport.requests[0]!.url.replace(/^items\??/, ""));
}

const NESTED = { ids: [1, 2], filter: { tags: ["a"], state: "open" }, sort: [{ by: "name" }, { by: "age" }] };

describe("the array format", () => {
  it.each<[string, QueryStringOptions, string]>([
    [
      "indices, by default",
      {},
      "ids[0]=1&ids[1]=2&filter[tags][0]=a&filter[state]=open&sort[0][by]=name&sort[1][by]=age",
    ],
    [
      "brackets",
      { arrayFormat: "brackets" },
      "ids[]=1&ids[]=2&filter[tags][]=a&filter[state]=open&sort[][by]=name&sort[][by]=age",
    ],
    [
      "repeat",
      { arrayFormat: "repeat" },
      "ids=1&ids=2&filter[tags]=a&filter[state]=open&sort[by]=name&sort[by]=age",
    ],
    [
      "comma, and indices for what is more than values",
      { arrayFormat: "comma" },
      "ids=1,2&filter[tags]=a&filter[state]=open&sort[0][by]=name&sort[1][by]=age",
    ],
  ])("%s", async (_, config, text) => {
    expect(await written(NESTED, config)).toBe(text);
  });
});

describe("the nesting syntax", () => {
  it.each<[QueryStringOptions, string]>([
    [{ nestingSyntax: "index" }, "ids[0]=1&ids[1]=2&filter[state]=open"],
    [{ nestingSyntax: "dot" }, "ids.0=1&ids.1=2&filter.state=open"],
    [{ nestingSyntax: "js" }, "ids[0]=1&ids[1]=2&filter.state=open"],
    [{ nestingSyntax: "dot", arrayFormat: "comma" }, "ids=1,2&filter.state=open"],
  ])("%j", async (config, text) => {
    expect(await written({ ids: [1, 2], filter: { state: "open" } }, config)).toBe(text);
  });
});

describe("a request", () => {
  it("may ask for another format than the plugin", async () => {
    const config = { arrayFormat: "brackets", nestingSyntax: "dot", skipNulls: false } as const;
    const query = { a: { b: [1, null] } };
    expect(await written(query, config)).toBe("a.b[]=1&a.b[]=");
    expect(
      await written(query, config, { arrayFormat: "repeat", nestingSyntax: "index", skipNulls: true }),
    ).toBe("a[b]=1");
    expect(await written(query, config, { arrayFormat: undefined })).toBe("a.b[]=1&a.b[]=");
  });

  it("without a query has none, and pairs go as they are", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const writing = client.use([queryString()]);
    await writing.get("items");
    await writing.get("items", { query: {} });
    await writing.get("items", { query: new URLSearchParams("a=1&a=2&b[c]=3") });
    expect(transport.requests.map(({ url }) => url)).toEqual(["items", "items", "items?a=1&a=2&b%5Bc%5D=3"]);
  });

  it("keeps its key, whatever the format", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: "known" });
    const writing = client.use([queryString({ arrayFormat: "comma" })]);
    await writing.get("items", { query: { ids: [1, 2] } });
    const key = writing.queryKeyOf("items", { query: { ids: [1, 2] } });
    expect(writing.stateManager.getCache(key)?.state.data).toBe("known");
  });

  it("is written from what other plugins have made of the query", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const paging: ClientPlugin = {
      name: "test:paging",
      middleware({ request }, next) {
        request.query = { ...request.query, page: { size: 20 } };
        return next();
      },
    };
    await client.use([queryString({ nestingSyntax: "dot" }), paging]).get("items", { query: { a: 1 } });
    expect(transport.requests[0]?.url).toBe("items?a=1&page.size=20");
  });

  it("is written the same when it is sent again", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { status: 503 }).reply("GET items", { data: 1 });
    const again: ClientPlugin = {
      name: "test:again",
      repeatable: true,
      async middleware(_, next) {
        await next();
        return next();
      },
    };
    await client.use([again, queryString({ arrayFormat: "comma" })]).get("items", { query: { a: [1, 2] } });
    expect(transport.requests.map(({ url }) => url)).toEqual(["items?a=1%2C2", "items?a=1%2C2"]);
  });

  it("may be a write", async () => {
    const { client, transport } = createTestBench();
    transport.reply("POST items", { status: 201 });
    await client.use([queryString()]).post("items", { query: { a: [1] } });
    expect(transport.requests[0]?.url).toBe("items?a%5B0%5D=1");
  });
});

describe("values", () => {
  class Money {
    readonly #cents: number;
    constructor(cents: number) {
      this.#cents = cents;
    }
    toJSON() {
      return { cents: this.#cents };
    }
  }

  it.each<[string, object, string]>([
    ["a date is ISO 8601", { at: new Date(0) }, "at=1970-01-01T00:00:00.000Z"],
    ["what has toJSON is what that gives", { price: new Money(250) }, "price[cents]=250"],
    ["a map is an object", { by: new Map([["name", 1]]) }, "by[name]=1"],
    ["a set is an array", { ids: new Set([1, 2]) }, "ids[0]=1&ids[1]=2"],
    ["pairs are an object", { by: new URLSearchParams("name=1") }, "by[name]=1"],
    ["falsy values are values", { a: 0, b: false, c: "", d: 0n, e: NaN }, "a=0&b=false&c=&d=0&e=NaN"],
    ["undefined and null are left out", { a: undefined, b: null, c: [null, 1, undefined] }, "c[0]=1"],
    ["what is empty is left out", { a: {}, b: [], c: { d: [{}] }, e: 1 }, "e=1"],
    ["a key may have any name", { ["__proto__"]: 1, constructor: { x: 2 } }, "__proto__=1&constructor[x]=2"],
  ])("%s", async (_, query, text) => {
    expect(await written(query)).toBe(text);
  });

  it("that are empty are left out with commas, too", async () => {
    expect(await written({ a: [], b: [null], c: [""] }, { arrayFormat: "comma" })).toBe("");
  });

  it("are encoded like the rest of the URL, half a surrogate pair included", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    await client.use([queryString()]).get("items", { query: { "a&b": "c=d +ü\ud800", "\udfff": "😀" } });
    const url = transport.requests[0]?.url ?? "";
    expect(url).toBe("items?a%26b=c%3Dd%20%2B%C3%BC%EF%BF%BD&%EF%BF%BD=%F0%9F%98%80");
  });

  it("may come again, as long as none contains itself", async () => {
    const shared = { x: 1 };
    expect(await written({ a: shared, b: [shared, shared] })).toBe("a[x]=1&b[0][x]=1&b[1][x]=1");
  });
});

describe("INVALID_QUERY is what a request settles with", () => {
  const circular: { self?: object } = {};
  circular.self = circular;
  const endless: { toJSON(): object } = { toJSON: () => ({ next: endless }) };
  const deep = Array.from({ length: 30 }).reduce<object>((inner) => ({ inner }), { value: 1 });

  it.each<[string, object]>([
    ["contains itself", { circular }],
    ["contains itself through toJSON", { endless }],
    ["is nested deeper than can be written", deep],
    ["is an invalid date", { at: new Date(NaN) }],
  ])("whose query %s", async (_, query) => {
    const { client, transport } = createTestBench();
    // The key of what has no end cannot be made either, so it is the plugin's own input that is endless here.
    const filling: ClientPlugin = {
      name: "test:filling",
      middleware({ request }, next) {
        request.query = query;
        return next();
      },
    };
    const { error, status } = await client.use([filling, queryString()]).get("items");
    expect(error).toMatchObject({ code: "INVALID_QUERY", plugin: "query-string" });
    expect([status, transport.requests.length]).toEqual([0, 0]);
  });

  it("but not when a value's own code throws: that is told as it is", async () => {
    const { client } = createTestBench();
    const thrown = new Error("no JSON today");
    const broken = {
      toJSON: () => {
        throw thrown;
      },
    };
    const filling: ClientPlugin = {
      name: "test:filling",
      middleware({ request }, next) {
        request.query = { broken };
        return next();
      },
    };
    const { error } = await client.use([filling, queryString()]).get("items");
    expect(error).toMatchObject({ code: "PLUGIN_THREW", plugin: "query-string", cause: thrown });
  });
});

it("two clients with one plugin share nothing", async () => {
  const shared = queryString();
  const { client, transport } = createTestBench();
  transport.reply("GET items", { data: 1 });
  await client.use([shared]).get("items", { query: { a: [1] }, arrayFormat: "comma" });
  await client.use([shared]).get("items", { query: { a: [1] } });
  expect(transport.requests.map(({ url }) => url)).toEqual(["items?a=1", "items?a%5B0%5D=1"]);
});
