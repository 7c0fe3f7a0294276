import { describe, expect, it } from "vitest";
import type { StateManager } from "./state-types.ts";
import { createTestBench } from "../testing/index.ts";

function create() {
  const { client, reported } = createTestBench();
  return { state: client.stateManager, reported };
}

/** Subscribes a listener that remembers the data it was called with. */
function follow(state: StateManager, key: string) {
  const seen: unknown[] = [];
  const stop = state.subscribe(key, (entry) => seen.push(entry ? entry.state.data : "none"));
  return { seen, stop };
}

describe("a subscriber", () => {
  it("is called after each change of its key, with the entry that is there then", () => {
    const { state } = create();
    const seen: unknown[] = [];
    state.subscribe("k", (entry) =>
      seen.push([entry?.state.data, entry?.stale, entry === state.getCache("k")]),
    );
    state.setCache("k", { state: { data: 1 }, tags: ["posts"] });
    state.markStale("posts");
    state.setMeta("k", { a: 1 });
    state.deleteCache("k");
    expect(seen).toEqual([
      [1, false, true],
      [1, true, true],
      [1, true, true],
      [undefined, undefined, true],
    ]);
  });

  it("is not called for another key", () => {
    const { state } = create();
    const { seen } = follow(state, "a");
    state.setCache("b", { state: { data: 1 } });
    state.deleteCache("b");
    expect(seen).toEqual([]);
  });

  it("is not called at once: it asks for what is there", () => {
    const { state } = create();
    state.setCache("k", { state: { data: 1 } });
    expect(follow(state, "k").seen).toEqual([]);
  });

  it("is called as often as it was subscribed", () => {
    const { state } = create();
    let calls = 0;
    const listener = () => (calls += 1);
    const stop = state.subscribe("k", listener);
    state.subscribe("k", listener);
    state.setCache("k", { state: { data: 1 } });
    expect(calls).toBe(2);
    stop();
    state.setCache("k", { state: { data: 2 } });
    expect(calls).toBe(3);
  });

  it("may unsubscribe and subscribe while it is called", () => {
    const { state } = create();
    const seen: string[] = [];
    const stop = state.subscribe("k", () => {
      stop();
      seen.push("first");
      state.subscribe("k", () => seen.push("later"));
    });
    state.subscribe("k", () => seen.push("second"));
    state.setCache("k", { state: { data: 1 } });
    expect(seen).toEqual(["first", "second"]);
    state.setCache("k", { state: { data: 2 } });
    expect(seen).toEqual(["first", "second", "second", "later"]);
  });

  it("may write while it is called: nobody is left with what was there before", () => {
    const { state } = create();
    state.subscribe("k", (entry) => {
      if (entry?.state.data === 1) state.setCache("k", { state: { data: 2 } });
      else if (entry?.state.data === 3) state.clear();
    });
    const { seen } = follow(state, "k");
    state.setCache("k", { state: { data: 1 } });
    expect(seen.at(-1)).toBe(2);
    state.setCache("k", { state: { data: 3 } });
    expect(seen.at(-1)).toBe("none");
  });
});

describe("B-26 unsubscribing", () => {
  it("twice leaves later subscribers alone", () => {
    const { state } = create();
    const first = follow(state, "k");
    first.stop();
    const later = follow(state, "k");
    first.stop();
    state.setCache("k", { state: { data: 1 } });
    expect(first.seen).toEqual([]);
    expect(later.seen).toEqual([1]);
  });

  it("leaves others of the same key alone", () => {
    const { state } = create();
    const first = follow(state, "k");
    const second = follow(state, "k");
    first.stop();
    first.stop();
    state.setCache("k", { state: { data: 1 } });
    expect(second.seen).toEqual([1]);
  });
});

describe("B-26 clear()", () => {
  it("notifies every subscriber and keeps all subscribed", () => {
    const { state } = create();
    state.setCache("a", { state: { data: 1 } });
    const a = follow(state, "a");
    const b = follow(state, "b");
    state.clear();
    expect([a.seen, b.seen]).toEqual([["none"], ["none"]]);
    state.setCache("a", { state: { data: 2 } });
    state.setCache("b", { state: { data: 3 } });
    expect([a.seen, b.seen]).toEqual([
      ["none", 2],
      ["none", 3],
    ]);
  });

  it("is done when the first subscriber hears of it", () => {
    const { state } = create();
    state.setCache("a", { state: { data: 1 }, tags: ["x"] });
    state.setCache("b", { state: { data: 2 }, tags: ["x"] });
    let left: unknown;
    state.subscribe(
      "a",
      () => (left = { size: state.size, b: state.getCache("b"), keys: state.findKeys("*") }),
    );
    state.clear();
    expect(left).toEqual({ size: 0, b: undefined, keys: [] });
  });
});

describe("C10 a listener that throws", () => {
  it("is reported and stops no other", () => {
    const { state, reported } = create();
    const cause = new Error("from a listener");
    state.subscribe("k", () => {
      throw cause;
    });
    const { seen } = follow(state, "k");
    state.setCache("k", { state: { data: 1 } });
    state.clear();
    expect(seen).toEqual([1, "none"]);
    expect(reported).toMatchObject([
      { code: "LISTENER_THREW", cause },
      { code: "LISTENER_THREW", cause },
    ]);
  });

  it("fails no request that it hears of", async () => {
    const { client, transport, reported } = createTestBench();
    transport.reply("GET posts", { data: 1 });
    client.stateManager.subscribe("GET posts", () => {
      throw new Error("from a listener");
    });
    expect(await client.get("posts")).toMatchObject({ data: 1, error: undefined });
    expect(reported).toMatchObject([{ code: "LISTENER_THREW" }]);
  });
});
