import { array, assert, constantFrom, dictionary, letrec, nat, property, type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "./query-key.ts";
import { createTestBench } from "../testing/index.ts";

/** How many entries a client keeps after a read with each of the queries. */
async function entriesOf(...queries: (object | undefined)[]): Promise<number> {
  const { client, transport } = createTestBench();
  transport.reply("GET posts", { data: [] });
  for (const query of queries) {
    expect((await client.get("posts", { query })).error).toBeUndefined();
  }
  return client.stateManager.size;
}

describe("B-27 one key", () => {
  it("for one query in any order of its keys, however deep", async () => {
    expect(await entriesOf({ a: 1, b: { c: [2], d: 3 } }, { b: { d: 3, c: [2] }, a: 1 })).toBe(1);
  });

  it("for equal values that are different objects", async () => {
    expect(await entriesOf({ at: new Date(5), in: [1] }, { at: new Date(5), in: [1] })).toBe(1);
  });

  it("for maps and sets in any order", async () => {
    const entries = [
      ["a", 1],
      ["b", 2],
    ] as const;
    const query = (order: readonly number[]) => ({
      map: new Map(order.map((at) => entries[at]!)),
      set: new Set(order),
    });
    expect(await entriesOf(query([0, 1]), query([1, 0]))).toBe(1);
  });

  it("for properties that are undefined and those that are not there", async () => {
    expect(await entriesOf({ a: 1, b: undefined }, { a: 1 })).toBe(1);
  });

  it("for an empty query and none", async () => {
    expect(await entriesOf({}, undefined, { a: undefined })).toBe(1);
  });

  it("for a reference that is repeated and values that are not", async () => {
    const shared = { x: 1 };
    expect(await entriesOf({ a: shared, b: shared }, { a: { x: 1 }, b: { x: 1 } })).toBe(1);
  });

  it("for 0 and -0", async () => {
    expect(await entriesOf({ page: 0 }, { page: -0 })).toBe(1);
  });
});

describe("B-27 two keys", () => {
  it.each<[string, object, object]>([
    ["two dates", { at: new Date(1) }, { at: new Date(2) }],
    ["two BigInts", { id: 2n ** 64n }, { id: 2n ** 64n + 1n }],
    ["a number and its text", { id: 1 }, { id: "1" }],
    ["orders of an array", { sort: ["a", "b"] }, { sort: ["b", "a"] }],
    ["text that looks like syntax", { a: "1,b:2" }, { a: "1", b: "2" }],
    ["an array and its text", { a: ["x", "y"] }, { a: "x,y" }],
    ["what is nested differently", { a: [[1], 2] }, { a: [1, [2]] }],
    ["two URLs", { to: new URL("https://a.example") }, { to: new URL("https://b.example") }],
    ["two URLSearchParams", new URLSearchParams("a=1"), new URLSearchParams("a=2")],
    ["two maps", { m: new Map([["a", 1]]) }, { m: new Map([["a", 2]]) }],
    ["two sets", { s: new Set([1]) }, { s: new Set([1, 2]) }],
    ["names of different case", { a: 1 }, { A: 1 }],
  ])("for %s", async (_what, one, other) => {
    expect(await entriesOf(one, other)).toBe(2);
  });

  it("for two paths, two params and two methods", async () => {
    const { client, transport } = createTestBench();
    for (const route of ["GET posts", "GET posts/1", "GET posts/2", "HEAD posts"]) transport.reply(route, {});
    await client.get("posts");
    await client.get("posts/:id", { params: { id: 1 } });
    await client.get("posts/:id", { params: { id: 2 } });
    await client.request("posts", { method: "HEAD" });
    expect(client.stateManager.size).toBe(4);
  });

  it("for a param with a slash and two params", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET a/b%2Fc", {}).reply("GET a/b/c", {});
    await client.get("a/:one", { params: { one: "b/c" } });
    await client.get("a/:one/:two", { params: { one: "b", two: "c" } });
    expect(client.stateManager.size).toBe(2);
  });
});

describe("what contains itself has a key, so that its request can settle", () => {
  it("the same as its equal, another than what it only resembles", () => {
    const loop = (value: unknown) => {
      const query: Record<string, unknown> = { value };
      query["self"] = query;
      return query;
    };
    expect(canonical(loop(1))).toBe(canonical(loop(1)));
    expect(canonical(loop(1))).not.toBe(canonical(loop(2)));
    expect(canonical(loop(1))).not.toBe(canonical({ value: 1, self: { value: 1 } }));
  });
});

// Few leaves and short containers, so that two random values are often equal, or differ in one place.
const { value } = letrec<{ value: unknown }>((tie) => ({
  value: constantFrom<Arbitrary<unknown>[]>(
    constantFrom(
      "",
      "a",
      "1",
      "1n",
      "null",
      "Date(1)",
      "^1",
      ",",
      '"',
      0,
      1,
      1.5,
      1n,
      2n,
      true,
      "true",
      null,
      Number.NaN,
    ),
    constantFrom(new Date(1), new Date(2)),
    array(tie("value"), { maxLength: 2 }),
    array(tie("value"), { maxLength: 2 }).map((items) => new Set(items)),
    dictionary(constantFrom("a", "b", "a:1"), tie("value"), { maxKeys: 2 }),
    dictionary(constantFrom("a", "b"), tie("value"), { maxKeys: 2 }).map(
      (entries) => new Map(Object.entries(entries)),
    ),
  ).chain((kind) => kind),
}));

/** The same value with the keys of its objects and the entries of its maps in another order. */
function turned(original: unknown, by: number): unknown {
  const turn = <Item>(items: Item[]) => [
    ...items.slice(by % items.length),
    ...items.slice(0, by % items.length),
  ];
  const inside = (entries: [string, unknown][]) =>
    turn(entries).map(([key, item]): [string, unknown] => [key, turned(item, by)]);
  if (Array.isArray(original)) return original.map((item) => turned(item, by));
  if (original instanceof Map) return new Map(inside([...original]));
  if (original instanceof Set) return new Set(turn([...original]).map((item) => turned(item, by)));
  if (typeof original !== "object" || original === null || original instanceof Date) return original;
  return Object.fromEntries(inside(Object.entries(original)));
}

function isEqual(one: unknown, other: unknown): boolean {
  try {
    expect(one).toEqual(other);
    return true;
  } catch {
    return false;
  }
}

describe("B-27 for whatever values", () => {
  it("the order of keys does not matter", () => {
    assert(
      property(value, nat(5), (original, by) => {
        expect(canonical(turned(original, by))).toBe(canonical(original));
      }),
    );
  });

  it("equal ones have one key, different ones have two", () => {
    let equalPairs = 0;
    assert(
      property(value, value, (one, other) => {
        const equal = isEqual(one, other);
        if (equal) equalPairs += 1;
        expect(canonical(one) === canonical(other)).toBe(equal);
      }),
      { numRuns: 3_000 },
    );
    expect(equalPairs).toBeGreaterThan(10);
  });
});
