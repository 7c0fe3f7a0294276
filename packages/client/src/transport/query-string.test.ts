import { describe, expect, it } from "vitest";
import { createTestBench } from "../testing/index.ts";

/** Gets with a query, and tells what stands behind the `?`, decoded for the reader's sake. */
async function sent(query: object): Promise<string> {
  const { client, transport } = createTestBench();
  transport.reply("GET posts", { data: [] });
  const { error } = await client.get("posts", { query });
  expect(error).toBeUndefined();
  return decodeURIComponent(transport.requests[0]!.url.slice("posts".length));
}

const circular: Record<string, unknown> = { a: 1 };
circular["self"] = { circular };

describe("a query value is written", () => {
  it.each<[string, object, string]>([
    ["text", { q: "a b&c=d" }, "?q=a b&c=d"],
    ["text of any language", { größe: "5 € 😀" }, "?größe=5 € 😀"],
    ["numbers", { a: 0, b: -1.5, c: 1e21 }, "?a=0&b=-1.5&c=1e+21"],
    ["booleans", { a: true, b: false }, "?a=true&b=false"],
    ["a BigInt", { id: 2n ** 64n }, "?id=18446744073709551616"],
    ["the empty string", { q: "" }, "?q="],
    ["an array, its name repeated", { tag: ["x", "y"] }, "?tag=x&tag=y"],
    ["a set, as an array", { tag: new Set(["x", "y"]) }, "?tag=x&tag=y"],
    ["an array in an array, flat", { tag: [["x"], ["y", "z"]] }, "?tag=x&tag=y&tag=z"],
    [
      "an object, in brackets",
      { filter: { state: "open", by: { name: "Ada" } } },
      "?filter[state]=open&filter[by][name]=Ada",
    ],
    ["objects in an array", { sort: [{ by: "a" }, { by: "b" }] }, "?sort[by]=a&sort[by]=b"],
    ["a map, as an object", { filter: new Map([["state", "open"]]) }, "?filter[state]=open"],
    [
      "URLSearchParams, as an object with its repetitions",
      { f: new URLSearchParams("a=1&a=2") },
      "?f[a]=1&f[a]=2",
    ],
    ["a date, as ISO 8601", { since: new Date(0) }, "?since=1970-01-01T00:00:00.000Z"],
    ["a date in an object", { at: { from: new Date(0) } }, "?at[from]=1970-01-01T00:00:00.000Z"],
    [
      "what has toJSON, by it",
      { to: new URL("https://a.example/?b"), at: { toJSON: () => ({ y: 1 }) } },
      "?to=https://a.example/?b&at[y]=1",
    ],
    ["what only has a property of that name, as an object", { at: { toJSON: 1 } }, "?at[toJSON]=1"],
    ["null and undefined not at all", { a: null, b: undefined, c: { d: null }, e: [null, 1] }, "?e=1"],
    ["one object at two places twice", { a: [1], b: circular["a"] }, "?a=1&b=1"],
  ])("%s", async (_what, query, written) => {
    expect(await sent(query)).toBe(written);
  });

  it("half a character of a cut string as the replacement character", async () => {
    expect(await sent({ q: "😀".slice(0, 1) })).toBe("?q=\ufffd");
  });

  it("so that names and values cannot be mistaken for its syntax", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { data: [] });
    await client.get("posts", { query: { "a&b": "c=d#e", "f[g]": "%20" } });
    const { searchParams, hash } = new URL(transport.requests[0]!.url, "http://x.invalid");
    expect([...searchParams]).toEqual([
      ["a&b", "c=d#e"],
      ["f[g]", "%20"],
    ]);
    expect(hash).toBe("");
  });
});

describe("a query as a whole", () => {
  it.each<[string, object]>([
    ["a map", new Map([["a", "1"]])],
    ["URLSearchParams", new URLSearchParams("a=1")],
    ["an object without prototype", Object.assign(Object.create(null), { a: "1" })],
  ])("may be %s", async (_what, query) => {
    expect(await sent(query)).toBe("?a=1");
  });

  it.each([{}, { a: undefined }, { a: null }, { a: [] }, new Map(), new URLSearchParams()])(
    "of nothing leaves no question mark: %o",
    async (query) => {
      expect(await sent(query)).toBe("");
    },
  );

  it("keeps the order it was given in", async () => {
    expect(await sent({ b: 1, a: 2 })).toBe("?b=1&a=2");
  });
});

describe("INVALID_QUERY is what settles a request", () => {
  it.each<[string, object]>([
    ["that contains itself", circular],
    ["that contains itself in an array", { list: [circular] }],
    ["with an invalid date", { since: new Date(Number.NaN) }],
  ])("with a query %s; nothing is sent", async (_what, query) => {
    const { client, transport } = createTestBench();
    const { error } = await client.get("posts", { query });
    expect(error?.code).toBe("INVALID_QUERY");
    expect(transport.requests).toEqual([]);
  });
});
