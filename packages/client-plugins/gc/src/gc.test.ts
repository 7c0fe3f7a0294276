import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { gc } from "./index.ts";
import { collecting } from "./test-support.ts";

describe("gcTime", () => {
  it("B-42: counts from the last use, which a cache hit is, too", async () => {
    const { read, known, clock } = collecting({ gcTime: 1_000 });
    await read(1);
    await clock.advance(900);
    await read(1);
    await clock.advance(900);
    await read(2);
    expect(known()).toEqual([1, 2]);
    await clock.advance(100);
    await read(2);
    expect(known()).toEqual([2]);
  });

  it("is five minutes by default", async () => {
    const { read, known, clock } = collecting();
    await read(1);
    await clock.advance(299_999);
    await read(2);
    expect(known()).toEqual([1, 2]);
    await clock.advance(1);
    await read(2);
    expect(known()).toEqual([2]);
  });

  it("of a read wins over the plugin's", async () => {
    const { read, known, clock } = collecting({ gcTime: 1_000 });
    await read(1, { gcTime: 5_000 });
    await read(2, { gcTime: 0 });
    expect(known()).toEqual([1]);
    await clock.advance(4_999);
    await read(3);
    expect(known()).toEqual([1, 3]);
    await clock.advance(1);
    await read(3);
    expect(known()).toEqual([3]);
  });

  it("is the longest that was asked for, of several", async () => {
    const { read, known, clock } = collecting({ gcTime: 1_000 });
    await read(1, { gcTime: 5_000 });
    await read(1);
    await Promise.all([read(2), read(2, { gcTime: 5_000 }), read(2, { gcTime: 10 })]);
    await clock.advance(4_000);
    await read(3);
    expect(known()).toEqual([1, 2, 3]);
  });

  it("of Infinity keeps what it is for", async () => {
    const { read, known, clock } = collecting({ gcTime: Infinity });
    await read(1);
    await read(2, { gcTime: 10 });
    await clock.advance(1e12);
    await read(3);
    expect(known()).toEqual([1, 3]);
  });

  it("of what was put into the state by others counts from when it is seen", async () => {
    const { read, known, client, clock } = collecting({ gcTime: 1_000 });
    const entries = [
      { key: "GET items/9", state: { data: 9, timestamp: -1e9 }, produced: 9, tags: [], stale: false },
    ];
    client.hydrate({ entries });
    await clock.advance(5_000);
    await read(1);
    expect(known()).toEqual([1, 9]);
    await clock.advance(999);
    await read(1);
    expect(known()).toEqual([1, 9]);
    await clock.advance(1);
    await read(1);
    expect(known()).toEqual([1]);
  });
});

describe("what is in use", () => {
  it("B-42: is never taken while an observer shows it, and counts from its unmounting", async () => {
    const { observe, known, clock } = collecting({ gcTime: 1_000 });
    const [observer, other] = [observe(1), observe(2)];
    observer.mount();
    other.mount();
    await clock.advance(60_000);
    expect(known()).toEqual([1, 2]);
    observer.unmount();
    await clock.advance(999);
    expect(known()).toEqual([1, 2]);
    await clock.advance(1);
    expect(known()).toEqual([2]);
    other.unmount();
  });

  it("B-42: is not taken for as long as one of two observers shows it", async () => {
    const { observe, known, clock } = collecting({ gcTime: 1_000 });
    const [one, two] = [observe(1), observe(1)];
    one.mount();
    two.mount();
    await clock.advance(0);
    one.unmount();
    await clock.advance(5_000);
    expect(known()).toEqual([1]);
    two.unmount();
  });

  it("B-42: is not taken between an observer's requests, with a gcTime of 0", async () => {
    const { observe, clock } = collecting();
    const observer = observe(1, { gcTime: 0 });
    const seen: unknown[] = [];
    observer.mount();
    await clock.advance(0);
    observer.subscribe(() => seen.push(observer.getSnapshot().data));
    await observer.refetch();
    observer.update({ params: { id: 1 }, gcTime: 0 });
    await observer.send();
    expect(new Set(seen)).toEqual(new Set([1]));
    observer.unmount();
  });

  it("is what an observer went to, and no longer what it came from", async () => {
    const { observe, known, clock } = collecting();
    const observer = observe(1, { gcTime: 0 });
    observer.mount();
    await clock.advance(0);
    observer.update({ params: { id: 2 }, gcTime: 0 });
    await clock.advance(0);
    expect(known()).toEqual([2]);
    await observer.send({ params: { id: 3 } });
    expect(known()).toEqual([3]);
    observer.unmount();
    expect(known()).toEqual([]);
  });

  it("is what a request is under way for: its answer is not taken for stale", async () => {
    const { read, known, client, transport, clock } = collecting({ gcTime: 1_000, maxEntries: 1 });
    transport.reply("GET slow", { data: "old" });
    const held = transport.hold("GET slow");
    await client.get("slow");
    const pending = client.get("slow", { forceRefetch: true });
    await clock.advance(5_000);
    await read(2);
    expect(known()).toEqual([]);
    expect(client.stateManager.getCache("GET slow")?.state.data).toBe("old");
    held[0]?.reply({ data: "new" });
    await pending;
    expect(client.stateManager.getCache("GET slow")).toMatchObject({ state: { data: "new" }, stale: false });
  });

  it("is not what failed: a key without data is not remembered either", async () => {
    const { client, transport } = collecting({ maxEntries: 1 });
    transport.reply("GET broken", { status: 500 });
    await client.get("broken");
    client.stateManager.setCache("GET broken", { state: { data: "later" } });
    await client.get("items/1");
    expect(client.stateManager.size).toBe(1);
  });

  it("is nothing of a write", async () => {
    const { client, transport, read, known } = collecting({ gcTime: 0 });
    transport.reply("POST items", { data: 1 });
    await client.post("items");
    await read(1, { gcTime: 10 });
    expect(known()).toEqual([1]);
  });
});

describe("maxEntries", () => {
  it("B-42: bounds what is kept: those go first that were not used for longest", async () => {
    const { read, known, client } = collecting({ maxEntries: 3 });
    for (const id of [1, 2, 3]) await read(id);
    await read(1);
    await read(4);
    expect(known()).toEqual([1, 3, 4]);
    for (const id of [5, 6, 7, 8, 9]) {
      await read(id);
      expect(client.stateManager.size).toBe(3);
    }
  });

  it("B-42: never takes what is observed, though there is more of it", async () => {
    const { read, observe, known, clock } = collecting({ maxEntries: 1 });
    const observers = [observe(1), observe(2), observe(3)];
    for (const observer of observers) observer.mount();
    await clock.advance(0);
    await read(4);
    expect(known()).toEqual([1, 2, 3]);
    for (const observer of observers) observer.unmount();
    expect(known()).toHaveLength(1);
  });

  it("goes by the last use, whatever the gcTimes are", async () => {
    const { read, known, clock } = collecting({ maxEntries: 2 });
    await read(1, { gcTime: Infinity });
    await clock.advance(1);
    await read(2, { gcTime: 10_000 });
    await clock.advance(1);
    await read(3, { gcTime: Infinity });
    expect(known()).toEqual([2, 3]);
  });

  it("holds for what others put into the state, too", async () => {
    const { read, known, client } = collecting({ maxEntries: 2, gcTime: Infinity });
    for (const id of [5, 6, 7]) client.stateManager.setCache(`GET items/${id}`, { state: { data: id } });
    await read(1);
    expect(known()).toHaveLength(2);
    expect(known()).toContain(1);
  });

  it("holds after the state was cleared by somebody else", async () => {
    const { read, known, client } = collecting({ maxEntries: 3, gcTime: Infinity });
    for (const id of [1, 2, 3]) await read(id);
    client.stateManager.clear();
    for (const id of [5, 6, 7, 8]) client.stateManager.setCache(`GET items/${id}`, { state: { data: id } });
    await read(9);
    expect(known()).toHaveLength(3);
  });

  it("of 0 keeps what is in use alone", async () => {
    const { read, known } = collecting({ maxEntries: 0 });
    expect((await read(1)).data).toBe(1);
    expect(known()).toEqual([]);
  });
});

describe("a listener that is told of what was forgotten", () => {
  it("may read what would be forgotten next", async () => {
    const { read, known, client, clock } = collecting({ gcTime: 1_000 });
    await read(1);
    await read(2);
    const stop = client.stateManager.subscribe("GET items/1", (entry) => {
      if (!entry) void read(2);
    });
    await clock.advance(1_000);
    await read(3);
    await flushMicrotasks();
    expect(known()).toEqual([2, 3]);
    stop();
  });
});

it("two clients with one plugin share nothing", async () => {
  const plugin = gc({ maxEntries: 1 });
  const clients = [createTestBench(), createTestBench()].map(({ client, transport }) => {
    transport.reply("GET items", { data: 1 });
    return client.use([plugin]);
  });
  for (const client of clients) await client.get("items");
  expect(clients.map(({ stateManager }) => stateManager.size)).toEqual([1, 1]);
});
