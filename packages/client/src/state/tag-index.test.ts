import { array, assert, constant, constantFrom, oneof, property, record, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { createTagIndex } from "./tag-index.ts";
import { createTestBench } from "../testing/index.ts";

/** Whether a pattern other than `*` is to find a tag, said plainly. */
function matches(tag: string, pattern: string): boolean {
  return pattern === tag || (pattern.endsWith("/*") && tag.startsWith(pattern.slice(0, -1)));
}

describe("the tag index", () => {
  it.each([
    ["posts/1/comments", ["posts/1/comments", "posts/1/*", "posts/*", "*"]],
    ["posts", ["posts", "*"]],
    ["/rooted", ["/rooted", "*"]],
  ])("finds a key of the tag %s by %j and by nothing else", (tag, patterns) => {
    const index = createTagIndex();
    index.add("key", [tag]);
    for (const pattern of patterns) expect([...index.find([pattern])]).toEqual(["key"]);
    for (const other of [
      "posts/1",
      "post",
      "posts/",
      "posts/1/comments/*",
      "pos*",
      "/*",
      "**",
      "",
      "users/*",
    ]) {
      expect([...index.find([other])]).toEqual([]);
    }
  });

  it("finds a key of several tags by each of them, once", () => {
    const index = createTagIndex();
    index.add("key", ["posts/1", "users/2"]);
    expect([...index.find(["posts/*", "users/2", "*"])]).toEqual(["key"]);
  });

  it("finds a key without tags by * alone, until it is removed", () => {
    const index = createTagIndex();
    index.add("key", []);
    expect([...index.find(["*"])]).toEqual(["key"]);
    expect([...index.find(["", "/*"])]).toEqual([]);
    index.remove("key", []);
    expect([...index.find(["*"])]).toEqual([]);
  });

  it("finds what plain matching finds, whatever was added and removed before", () => {
    const segment = constantFrom("a", "b");
    const tag = array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join("/"));
    const pattern = oneof(
      constant("*"),
      tuple(tag, constantFrom("", "/*")).map((parts) => parts.join("")),
    );
    const step = record({ key: constantFrom("k1", "k2", "k3"), tags: array(tag, { maxLength: 2 }) });
    assert(
      property(array(step, { maxLength: 8 }), array(pattern, { maxLength: 2 }), (steps, patterns) => {
        const index = createTagIndex();
        const tagsOf = new Map<string, string[]>();
        for (const { key, tags } of steps) {
          index.remove(key, tagsOf.get(key) ?? []);
          index.add(key, tags);
          tagsOf.set(key, tags);
        }
        const expected = [...tagsOf.keys()].filter((key) =>
          patterns.some(
            (wanted) => wanted === "*" || tagsOf.get(key)!.some((known) => matches(known, wanted)),
          ),
        );
        expect([...index.find(patterns)].toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  it("finds nothing after clear()", () => {
    const index = createTagIndex();
    index.add("key", ["posts"]);
    index.clear();
    expect([...index.find(["*", "posts"])]).toEqual([]);
  });
});

describe("among 100,000 entries", () => {
  const LISTS = 100;
  const ENTRIES = 100_000;

  it("an invalidation of 1 % touches that 1 %, and no other entry", () => {
    const { stateManager } = createTestBench().client;
    const touched: string[] = [];
    const before = new Map<string, unknown>();
    for (let at = 0; at < ENTRIES; at += 1) {
      const key = `GET lists/${at % LISTS}/items/${at}`;
      stateManager.setCache(key, { state: { data: at }, tags: [key.slice("GET ".length)] });
      before.set(key, stateManager.getCache(key));
      stateManager.subscribe(key, () => touched.push(key));
    }
    const marked = stateManager.markStale("lists/7/*");

    expect(marked).toHaveLength(ENTRIES / LISTS);
    expect(touched).toEqual(marked);
    expect(marked.every((key) => key.startsWith("GET lists/7/"))).toBe(true);
    const changed = [...before].filter(([key, entry]) => stateManager.getCache(key) !== entry);
    expect(changed.map(([key]) => key)).toEqual(marked);
    expect(stateManager.size).toBe(ENTRIES);
  });
});
