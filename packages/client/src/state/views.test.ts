import { describe, expect, it } from "vitest";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import type { EntryView } from "./state-types.ts";

const KEY = "GET items";

const plus = (amount: number): EntryView => ({ show: (data) => (data as number) + amount });

function viewed() {
  const bench = createTestBench();
  const { stateManager } = bench.client;
  const seen: unknown[] = [];
  stateManager.subscribe(KEY, (entry) => seen.push(entry?.state.data));
  return { ...bench, stateManager, seen, data: () => stateManager.getCache(KEY)?.state.data };
}

describe("a view over a key", () => {
  it("shows what is stored, at once and for as long as it lies there", () => {
    const { stateManager, data, seen } = viewed();
    stateManager.setCache(KEY, { state: { data: 1 } });
    const view = stateManager.addView(KEY, plus(10));
    expect(data()).toBe(11);
    stateManager.setCache(KEY, { state: { data: 2 } });
    expect(data()).toBe(12);
    view.remove();
    expect(data()).toBe(2);
    view.remove();
    expect(seen).toEqual([1, 11, 12, 2]);
  });

  it("shows nothing where nothing is stored, and what is stored later", () => {
    const { stateManager, data } = viewed();
    stateManager.addView(KEY, plus(10));
    expect(stateManager.getCache(KEY)).toBeUndefined();
    expect(stateManager.size).toBe(0);
    stateManager.setCache(KEY, { state: { data: 1 } });
    expect(data()).toBe(11);
    stateManager.deleteCache(KEY);
    expect(stateManager.getCache(KEY)).toBeUndefined();
    stateManager.setCache(KEY, { state: { data: 2 } });
    expect(data()).toBe(12);
  });

  it("lies over those that were there before, and is taken away without them", () => {
    const { stateManager, data } = viewed();
    stateManager.setCache(KEY, { state: { data: 1 } });
    const views = [plus(10), { show: (shown: unknown) => (shown as number) * 2 }, plus(100)].map((view) =>
      stateManager.addView(KEY, view),
    );
    expect(data()).toBe(122);
    views[0]?.remove();
    expect(data()).toBe(102);
    views[2]?.remove();
    expect(data()).toBe(2);
  });

  it("is asked again when it says that it has changed", () => {
    const { stateManager, data } = viewed();
    let amount = 1;
    stateManager.setCache(KEY, { state: { data: 1 } });
    const view = stateManager.addView(KEY, { show: (shown) => (shown as number) + amount });
    amount = 5;
    expect(data()).toBe(2);
    expect(view.refresh()).toBe(true);
    expect(data()).toBe(6);
  });

  it("goes with the state that is cleared, and knows it", () => {
    const { stateManager, data } = viewed();
    stateManager.setCache(KEY, { state: { data: 1 } });
    const view = stateManager.addView(KEY, plus(10));
    stateManager.clear();
    stateManager.setCache(KEY, { state: { data: 2 } });
    expect(data()).toBe(2);
    expect(view.refresh()).toBe(false);
    view.remove();
    expect(data()).toBe(2);
  });

  it("that was removed knows it too", () => {
    const { stateManager } = viewed();
    const view = stateManager.addView(KEY, plus(10));
    stateManager.addView(KEY, plus(1));
    view.remove();
    expect(view.refresh()).toBe(false);
  });

  it("shows its meta over the entry's, for as long", () => {
    const { stateManager } = viewed();
    stateManager.setCache(KEY, { state: { data: 1 }, meta: { a: 1, b: 1 } });
    const view = stateManager.addView(KEY, { show: (shown) => shown, meta: { b: 2 } });
    expect(stateManager.getCache(KEY)?.meta).toEqual({ a: 1, b: 2 });
    stateManager.setMeta(KEY, { c: 3 });
    view.remove();
    expect(stateManager.getCache(KEY)?.meta).toEqual({ a: 1, b: 1, c: 3 });
  });

  it("that throws is reported and hides nothing", () => {
    const { stateManager, data, reported } = viewed();
    stateManager.setCache(KEY, { state: { data: 1 } });
    const thrown = new Error("no number");
    stateManager.addView(KEY, {
      show: () => {
        throw thrown;
      },
    });
    stateManager.addView(KEY, plus(10));
    expect(data()).toBe(11);
    expect(reported.length).toBeGreaterThan(0);
    for (const error of reported) expect(error).toMatchObject({ code: "LISTENER_THREW", cause: thrown });
  });

  it("keeps tags, freshness and the stale mark as they are", () => {
    const { stateManager } = viewed();
    stateManager.setCache(KEY, { state: { data: 1, timestamp: 5 }, tags: ["items"] });
    stateManager.addView(KEY, plus(10));
    expect(stateManager.markStale("items")).toEqual([KEY]);
    expect(stateManager.getCache(KEY)).toMatchObject({
      state: { data: 11, timestamp: 5 },
      produced: 1,
      tags: ["items"],
      stale: true,
    });
  });

  it("is not carried away: the stored data is, marked as stale", () => {
    const { stateManager } = viewed();
    stateManager.setCache(KEY, { state: { data: 1, timestamp: 5 } });
    const view = stateManager.addView(KEY, plus(10));
    expect(stateManager.dehydrate().entries).toMatchObject([
      { key: KEY, state: { data: 1, timestamp: 5 }, stale: true },
    ]);
    view.remove();
    expect(stateManager.dehydrate().entries).toMatchObject([{ stale: false }]);
  });

  it("leaves nothing behind when it is removed from a key without data", () => {
    const { stateManager } = viewed();
    const view = stateManager.addView(KEY, plus(10));
    view.remove();
    stateManager.setCache(KEY, { state: { data: 1 } });
    expect(stateManager.findKeys("*")).toEqual([KEY]);
    expect(view.refresh()).toBe(false);
  });
});

describe("a view over what is fetched", () => {
  const serving: ClientPlugin = {
    name: "serving",
    operations: ["read"],
    middleware({ stateManager, queryKey }, next) {
      const entry = stateManager.getCache(queryKey);
      return entry ? { data: entry.state.data, status: 200 } : next();
    },
  };
  const doubling: ClientPlugin = {
    name: "doubling",
    operations: ["read"],
    afterResponse: (_, response) => ({ ...response, data: (response.data as number) * 2 }),
  };

  it("lies over what hooks made of it; the caller gets what the server said", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 3 });
    const doubled = client.use([doubling]);
    doubled.stateManager.addView(KEY, plus(10));
    expect((await doubled.get("items")).data).toBe(6);
    expect(doubled.stateManager.getCache(KEY)).toMatchObject({ state: { data: 16 }, produced: 3 });
  });

  it("is what a reader of the state is served, once", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 3 });
    const cached = client.use([serving, doubling]);
    await cached.get("items");
    const view = cached.stateManager.addView(KEY, plus(10));
    for (let read = 0; read < 3; read += 1) expect((await cached.get("items")).data).toBe(16);
    view.remove();
    expect((await cached.get("items")).data).toBe(6);
    expect(transport.requests).toHaveLength(1);
  });

  it("is not stored by a reader who is answered only when it has been removed", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 3 });
    const waiting: ClientPlugin = {
      name: "waiting",
      operations: ["read"],
      async middleware(context, next) {
        const response = await next();
        await new Promise<void>((resolve) => context.clock.schedule(resolve, 5));
        return response;
      },
    };
    const cached = client.use([waiting, serving]);
    const first = cached.get("items");
    await clock.advance(5);
    await first;
    const view = cached.stateManager.addView(KEY, plus(10));
    const second = cached.get("items");
    await flushMicrotasks();
    view.remove();
    await clock.advance(5);
    expect((await second).data).toBe(13);
    expect(cached.stateManager.getCache(KEY)?.state.data).toBe(3);
  });
});

describe("a mark", () => {
  /** Notes of what age the stored data is. */
  function aged() {
    const bench = createTestBench();
    let asOf = -1;
    bench.client.stateManager.addView(KEY, {
      show(data, age) {
        asOf = age;
        return data;
      },
    });
    return { ...bench, asOf: () => asOf };
  }

  it("is had by data that was asked for after it, and not by data that was on its way", async () => {
    const { client, transport, asOf } = aged();
    const held = transport.hold("GET items");
    const before = client.get("items");
    await flushMicrotasks();
    const mark = client.stateManager.mark();
    const after = client.get("items");
    await flushMicrotasks();
    held[0]?.reply({ data: 1 });
    await before;
    expect(asOf()).toBeLessThan(mark);
    held[1]?.reply({ data: 2 });
    await after;
    expect(asOf()).toBeGreaterThanOrEqual(mark);
  });

  it("is had by data that is written after it", () => {
    const { client, asOf } = aged();
    client.stateManager.setCache(KEY, { state: { data: 1 } });
    const mark = client.stateManager.mark();
    client.stateManager.setCache(KEY, { stale: true });
    expect(asOf()).toBeLessThan(mark);
    client.stateManager.setCache(KEY, { state: { data: 2 } });
    expect(asOf()).toBeGreaterThanOrEqual(mark);
  });

  it("is not had by those who joined a fetch that was on its way", async () => {
    const { client, transport, clock } = createTestBench();
    const sharing: ClientPlugin = {
      name: "sharing",
      middleware(context, next) {
        context.request.shareKey = context.queryKey;
        return next();
      },
    };
    const shared = client.use([sharing]);
    let asOf = -1;
    shared.stateManager.addView(KEY, { show: (data, age) => ((asOf = age), data) });
    const held = transport.hold("GET items");
    const started = shared.get("items");
    await clock.advance(0);
    const mark = shared.stateManager.mark();
    const joined = shared.get("items");
    await clock.advance(0);
    expect(held).toHaveLength(1);
    held[0]?.reply({ data: 1 });
    await Promise.all([started, joined]);
    expect(asOf).toBeLessThan(mark);
  });
});
