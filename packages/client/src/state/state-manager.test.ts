import { describe, expect, it } from "vitest";
import type { OwnedStateManager } from "./owned-state-manager.ts";
import type { CacheEntry } from "./state-types.ts";
import { createTestBench } from "../testing/index.ts";

/** The state manager of a client, with its clock. */
function create() {
  const { client, clock, reported } = createTestBench();
  return { state: client.stateManager, clock, reported };
}

describe("setCache", () => {
  it("stores data with the time of the clock, fresh and without meta", async () => {
    const { state, clock } = create();
    await clock.advance(500);
    state.setCache("k", { state: { data: "d" }, tags: ["posts"] });
    expect(state.getCache("k")).toEqual({
      state: { data: "d", timestamp: 500 },
      produced: "d",
      tags: ["posts"],
      stale: false,
      meta: {},
    });
  });

  it.each([0, "", false, null])("C4: stores %j, which is data", (data) => {
    const { state } = create();
    state.setCache("k", { state: { data } });
    expect(state.getCache("k")?.state.data).toBe(data);
    expect(state.size).toBe(1);
    expect(state.getCache("unknown")).toBeUndefined();
  });

  it("changes only what the patch names", async () => {
    const { state, clock } = create();
    state.setCache("k", { state: { data: "d" }, tags: ["posts"], meta: { a: 1 }, produced: "raw" });
    const before = state.getCache("k")!;
    await clock.advance(100);
    state.setCache("k", { stale: true });
    expect(state.getCache("k")).toEqual({ ...before, stale: true });
    state.setCache("k", { meta: { b: 2 } });
    expect(state.getCache("k")).toEqual({ ...before, stale: true, meta: { b: 2 } });
    state.setCache("k", { tags: ["users"] });
    expect(state.getCache("k")).toEqual({ ...before, stale: true, meta: { b: 2 }, tags: ["users"] });
    state.setCache("k", { produced: "other" });
    expect(state.getCache("k")).toMatchObject({ state: before.state, produced: "other" });
  });

  it("with new data is fresh, of now, and produced so, unless the patch says otherwise", async () => {
    const { state, clock } = create();
    state.setCache("k", { state: { data: "old" }, produced: "raw", stale: true });
    await clock.advance(100);
    state.setCache("k", { state: { data: "new" } });
    expect(state.getCache("k")).toMatchObject({
      state: { data: "new", timestamp: 100 },
      produced: "new",
      stale: false,
    });
    state.setCache("k", { state: { data: "newer", timestamp: 7 }, produced: "raw", stale: true });
    expect(state.getCache("k")).toMatchObject({
      state: { data: "newer", timestamp: 7 },
      produced: "raw",
      stale: true,
    });
  });

  it("without data for a key that has none makes an entry of now, fresh, with undefined as data", async () => {
    const { state, clock } = create();
    await clock.advance(5);
    state.setCache("k", { meta: { a: 1 } });
    expect(state.getCache("k")).toMatchObject({ state: { data: undefined, timestamp: 5 }, stale: false });
  });

  it("with undefined as data has that as data", () => {
    const { state } = create();
    state.setCache("k", { state: { data: "old" } });
    state.setCache("k", { state: { data: undefined } });
    expect(state.getCache("k")?.state.data).toBeUndefined();
    expect(state.size).toBe(1);
  });

  it("with a timestamp alone keeps the data and its mark", () => {
    const { state } = create();
    state.setCache("k", { state: { data: "d" }, stale: true });
    state.setCache("k", { state: { timestamp: 9 } });
    expect(state.getCache("k")).toMatchObject({ state: { data: "d", timestamp: 9 }, stale: true });
  });

  it("makes a new entry each time, so that the one before can be compared and put back", () => {
    const { state } = create();
    state.setCache("k", { state: { data: "old" } });
    const before = state.getCache("k")!;
    state.setCache("k", { state: { data: "new" } });
    expect(before.state.data).toBe("old");
    state.setCache("k", before);
    expect(state.getCache("k")).toEqual(before);
  });

  it("with other tags is found by those, and no longer by the ones before", () => {
    const { state } = create();
    state.setCache("k", { state: { data: 1 }, tags: ["posts/1", "feed"] });
    state.setCache("k", { tags: ["feed", "users/2"] });
    expect(state.findKeys("posts/*")).toEqual([]);
    expect(state.findKeys("feed")).toEqual(["k"]);
    expect(state.findKeys("users/*")).toEqual(["k"]);
  });
});

describe("deleteCache", () => {
  it("forgets an entry, whatever it is found by", () => {
    const { state } = create();
    state.setCache("k", { state: { data: 1 }, tags: ["posts"] });
    state.deleteCache("k");
    expect(state.getCache("k")).toBeUndefined();
    expect(state.findKeys("*")).toEqual([]);
    expect(state.size).toBe(0);
  });

  it("leaves nothing of its key behind", () => {
    const state = create().state as OwnedStateManager;
    const unknown = state.epochOf("k");
    state.setCache("k", { state: { data: 1 }, tags: ["posts"] });
    state.deleteCache("k");
    // A key that is still known would have counted its deletion.
    expect(state.epochOf("k")).toBe(unknown);
  });

  it("of what is not there does nothing and tells nobody", () => {
    const { state } = create();
    let calls = 0;
    state.subscribe("k", () => (calls += 1));
    state.deleteCache("k");
    expect(calls).toBe(0);
    expect(state.size).toBe(0);
  });

  it("twice counts once", () => {
    const { state } = create();
    state.setCache("a", { state: { data: 1 } });
    state.setCache("b", { state: { data: 1 } });
    state.deleteCache("a");
    state.deleteCache("a");
    expect(state.size).toBe(1);
  });
});

describe("setMeta", () => {
  it("merges into the entry's meta and changes nothing else", async () => {
    const { state, clock } = create();
    state.setCache("k", { state: { data: 1 }, stale: true, meta: { a: 1, b: 1 } });
    const before = state.getCache("k")!;
    await clock.advance(10);
    state.setMeta("k", { b: 2, c: 3 });
    expect(state.getCache("k")).toEqual({ ...before, meta: { a: 1, b: 2, c: 3 } });
  });

  it("outlives a read that tells no meta, and an entry without it has none", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { data: 1 }).reply("GET posts", { data: 2 });
    await client.get("posts");
    expect(client.stateManager.getCache("GET posts")?.meta).toEqual({});
    client.stateManager.setMeta("GET posts", { a: 1 });
    await client.get("posts");
    expect(client.stateManager.getCache("GET posts")).toMatchObject({ state: { data: 2 }, meta: { a: 1 } });
  });

  it("creates no entry", () => {
    const { state } = create();
    state.setMeta("k", { a: 1 });
    expect(state.getCache("k")).toBeUndefined();
    expect(state.size).toBe(0);
  });
});

describe("findKeys and markStale", () => {
  function filled() {
    const bench = create();
    for (const tag of ["posts", "posts/1", "posts/1/comments", "posts/12", "users/1"]) {
      bench.state.setCache(tag, { state: { data: tag }, tags: [tag] });
    }
    return bench;
  }

  it.each([
    ["posts", ["posts"]],
    ["posts/1", ["posts/1"]],
    ["posts/*", ["posts/1", "posts/1/comments", "posts/12"]],
    ["posts/1/*", ["posts/1/comments"]],
    ["*", ["posts", "posts/1", "posts/1/comments", "posts/12", "users/1"]],
    ["unknown/*", []],
    ["", []],
  ])("%j means %j", (pattern, keys) => {
    const { state } = filled();
    expect(state.findKeys(pattern).toSorted()).toEqual(keys);
    expect(state.markStale(pattern).toSorted()).toEqual(keys);
    expect(
      state
        .findKeys("*")
        .filter((key) => state.getCache(key)?.stale)
        .toSorted(),
    ).toEqual(keys);
  });

  it("take several patterns, and give each key once", () => {
    const { state } = filled();
    expect(state.findKeys(["posts/1", "posts/*", "users/1"]).toSorted()).toEqual([
      "posts/1",
      "posts/1/comments",
      "posts/12",
      "users/1",
    ]);
    expect(state.findKeys([])).toEqual([]);
  });

  it("markStale keeps data, timestamp and meta, and gives stale keys again without telling anybody", async () => {
    const { state, clock } = create();
    state.setCache("k", { state: { data: 1 }, tags: ["posts"], meta: { a: 1 } });
    const before = state.getCache("k")!;
    const seen: (CacheEntry | undefined)[] = [];
    state.subscribe("k", (entry) => seen.push(entry));
    await clock.advance(10);
    expect(state.markStale("posts")).toEqual(["k"]);
    expect(state.markStale("posts")).toEqual(["k"]);
    expect(seen).toEqual([{ ...before, stale: true }]);
  });
});

describe("clear", () => {
  it("forgets all data, also from its index", () => {
    const { state } = create();
    state.setCache("a", { state: { data: 1 }, tags: ["posts"] });
    state.setCache("b", { state: { data: 2 }, tags: ["users"] });
    state.clear();
    expect(state.size).toBe(0);
    expect(state.getCache("a")).toBeUndefined();
    expect(state.findKeys("*")).toEqual([]);
    state.setCache("a", { state: { data: 3 } });
    expect(state.findKeys("posts")).toEqual([]);
    expect(state.size).toBe(1);
  });
});

describe("getCache", () => {
  it("gives what is there now, whatever it gave for the same key before", () => {
    const { state } = create();
    const data = () => state.getCache("k")?.state.data;
    expect(data()).toBeUndefined();
    state.setCache("k", { state: { data: 1 } });
    expect(data()).toBe(1);
    state.deleteCache("k");
    expect(data()).toBeUndefined();
    state.setCache("k", { state: { data: 2 } });
    expect(data()).toBe(2);
    state.clear();
    expect(data()).toBeUndefined();
    state.hydrate({
      entries: [{ key: "k", state: { data: 3, timestamp: 0 }, produced: 3, tags: [], stale: false }],
    });
    expect(data()).toBe(3);
  });
});
