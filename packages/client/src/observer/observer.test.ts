import { describe, expect, it } from "vitest";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { createTestBench } from "../testing/index.ts";

const IDLE = { data: undefined, error: undefined, status: "idle", fetching: false, stale: false, meta: {} };

describe("an observer of a read", () => {
  it("is idle and sends nothing before it is mounted", () => {
    const { client, transport } = createTestBench();
    expect(client.observe("items").getSnapshot()).toEqual(IDLE);
    expect(transport.requests).toEqual([]);
  });

  it("shows before it is mounted what the client has, as a first render needs it", () => {
    const { client } = createTestBench();
    const observer = client.observe("items");
    client.stateManager.setCache("GET items", { state: { data: ["first"] } });
    expect(observer.getSnapshot()).toMatchObject({ data: ["first"], status: "success", fetching: false });
    client.stateManager.setCache("GET items", { state: { data: ["second"] } });
    expect(observer.getSnapshot()).toMatchObject({ data: ["second"] });
    expect(observer.getSnapshot()).toBe(observer.getSnapshot());
  });

  it("fetches when it is mounted, once however often", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 }, { delayMs: 5 });
    const observer = client.observe("items");
    observer.mount();
    observer.mount();
    expect(observer.getSnapshot()).toEqual({ ...IDLE, status: "pending", fetching: true });
    await clock.advance(5);
    expect(observer.getSnapshot()).toEqual({ ...IDLE, data: 1, status: "success" });
    expect(transport.requests).toHaveLength(1);
  });

  it("answers its first request with what is known when it is not to fetch, after all plugins", async () => {
    const seen: unknown[] = [];
    const polite: ClientPlugin = {
      name: "test:polite",
      middleware: (_context, next) => next(),
      afterResponse: ({ observed }, { data }) => void seen.push([observed, data]),
    };
    const bench = createTestBench();
    bench.transport.reply("GET items", { data: 1 }).reply("GET items", { data: 2 });
    const client = bench.client.use([polite]);
    await client.get("items");
    const observer = client.observe("items");
    observer.mount({ fetch: false });
    await bench.clock.advance(10);
    expect(observer.getSnapshot()).toEqual({ ...IDLE, data: 1, status: "success" });
    expect(client.stateManager.getCache("GET items")?.state.timestamp).toBe(bench.clock.now() - 10);
    expect(seen).toEqual([
      [false, 1],
      [true, 1],
    ]);
    await observer.refetch();
    expect(observer.getSnapshot().data).toBe(2);
    const unknown = client.observe("items", { query: { page: 2 } });
    unknown.mount({ fetch: false });
    await bench.clock.advance(0);
    expect(bench.transport.requests).toHaveLength(3);
  });

  it("fetches again for another key, and shows nothing of the one before", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", ({ url }) => ({ data: url }));
    const observer = client.observe("items", { query: { page: 1 } });
    observer.mount();
    await clock.advance(0);
    observer.update({ query: { page: 2 } });
    expect(observer.getSnapshot()).toEqual({ ...IDLE, status: "pending", fetching: true });
    await clock.advance(0);
    expect(observer.getSnapshot()).toMatchObject({ data: "items?page=2", status: "success" });
    observer.update({ query: { page: 1 } });
    expect(observer.getSnapshot()).toMatchObject({ data: "items?page=1", status: "success", fetching: true });
    await clock.advance(0);
  });

  it("does not fetch when only options change", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const observer = client.observe("items", { query: { a: 1, b: 2 } });
    observer.mount();
    await clock.advance(0);
    observer.update({ query: { b: 2, a: 1 }, headers: { a: "1" } });
    await clock.advance(0);
    expect(transport.requests).toHaveLength(1);
    await observer.refetch();
    expect(transport.requests[1]?.headers["a"]).toBe("1");
  });

  it("takes options before it is mounted, and while it is not", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", ({ url }) => ({ data: url }));
    const observer = client.observe("items", { query: { page: 1 } });
    observer.update({ query: { page: 2 } });
    expect(transport.requests).toEqual([]);
    observer.mount();
    await clock.advance(0);
    observer.unmount();
    observer.update({ query: { page: 3 } });
    expect(observer.getSnapshot()).toEqual(IDLE);
    observer.mount();
    await clock.advance(0);
    expect(transport.requests.map(({ url }) => url)).toEqual(["items?page=2", "items?page=3"]);
    expect(observer.getSnapshot()).toMatchObject({ data: "items?page=3" });
  });

  it("keeps the data when fetching newer fails, and the error until something newer comes", async () => {
    const { client, transport } = createTestBench();
    transport
      .reply("GET items", { data: 1 })
      .reply("GET items", { status: 503 })
      .reply("GET items", { data: 2 });
    const observer = client.observe("items");
    await observer.send();
    await observer.refetch();
    expect(observer.getSnapshot()).toMatchObject({
      data: 1,
      status: "error",
      error: { code: "HTTP_ERROR", status: 503 },
    });
    const pending = observer.refetch();
    expect(observer.getSnapshot()).toMatchObject({ data: 1, status: "error", fetching: true });
    await pending;
    expect(observer.getSnapshot()).toMatchObject({
      data: 2,
      status: "success",
      error: undefined,
      fetching: false,
    });
  });

  it("never shows new data beside an old error, nor as still under way", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { status: 503 }).reply("GET items", { data: 1 });
    const observer = client.observe("items");
    observer.mount();
    await clock.advance(0);
    const seen: unknown[] = [];
    observer.subscribe(() => {
      const { data, status, fetching } = observer.getSnapshot();
      seen.push([data, status, fetching]);
    });
    await observer.refetch();
    expect(seen).toEqual([
      [undefined, "error", true],
      [1, "success", false],
    ]);
  });

  it("forgets what the client forgets", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: "somebody's" });
    const observer = client.observe("items");
    observer.mount();
    await clock.advance(0);
    client.stateManager.clear();
    expect(observer.getSnapshot()).toEqual(IDLE);
  });

  it("shows what others store under its key, and that it is stale", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const observer = client.observe("items");
    observer.mount();
    await clock.advance(0);
    client.stateManager.setCache("GET items", { state: { data: 2 } });
    expect(observer.getSnapshot()).toMatchObject({ data: 2, stale: false });
    client.stateManager.markStale("items");
    expect(observer.getSnapshot()).toMatchObject({ data: 2, stale: true });
  });

  it("tells how a request of its own is going through setMeta, also after its options changed", async () => {
    const { client, transport, clock } = createTestBench();
    const held = transport.hold("POST items");
    const telling: ClientPlugin = {
      name: "telling",
      async middleware(context, next) {
        context.setMeta({ sent: true } as object);
        const response = await next();
        context.setMeta({ received: true } as object);
        return response;
      },
    };
    const observer = client.use([telling]).observeRequest("items", { method: "POST" });
    observer.mount();
    let calls = 0;
    observer.subscribe(() => (calls += 1));
    void observer.send();
    await clock.advance(0);
    expect(calls).toBe(2);
    expect(observer.getSnapshot().meta).toEqual({ sent: true });
    observer.update({ method: "POST", headers: { a: "1" } });
    held[0]?.reply({ data: 1 });
    await clock.advance(0);
    expect(observer.getSnapshot()).toMatchObject({ data: 1, meta: { sent: true, received: true } });
  });
});

describe("a snapshot", () => {
  it("is the same object until something changes", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const observer = client.observe("items");
    const snapshots = [observer.getSnapshot(), observer.getSnapshot()];
    observer.mount();
    snapshots.push(observer.getSnapshot(), observer.getSnapshot());
    await clock.advance(0);
    snapshots.push(observer.getSnapshot());
    await clock.advance(1_000);
    client.stateManager.setCache("GET other", { state: { data: 1 } });
    snapshots.push(observer.getSnapshot());
    const [idle, , pending, , success] = snapshots;
    expect(snapshots.map((snapshot) => [idle, pending, success].indexOf(snapshot))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
  });
});

describe("a listener", () => {
  it("is not called for options that change nothing to be seen", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 }).reply("POST items", { data: 1 });
    const observers = [client.observe("items"), client.observeRequest("items", { method: "POST" })];
    for (const observer of observers) observer.mount();
    await observers[1]?.send();
    await clock.advance(0);
    const snapshots = observers.map((observer) => observer.getSnapshot());
    let calls = 0;
    for (const observer of observers) observer.subscribe(() => (calls += 1));
    observers[0]?.update({ headers: { a: "1" } });
    observers[1]?.update({ method: "POST", headers: { a: "1" } });
    expect(observers[0]?.getSnapshot()).toBe(snapshots[0]);
    expect(observers[1]?.getSnapshot()).toBe(snapshots[1]);
    expect(calls).toBe(0);
  });

  it("is called after each change, until it is unsubscribed", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const observer = client.observe("items");
    const seen: unknown[] = [];
    const stop = observer.subscribe(() => seen.push(observer.getSnapshot().status));
    observer.mount();
    await clock.advance(0);
    expect(seen).toEqual(["pending", "success"]);
    stop();
    stop();
    await observer.refetch();
    expect(seen).toHaveLength(2);
  });

  it("B-26 that is unsubscribed twice leaves the others, though they be the same function", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { status: 500 });
    const observer = client.observe("items");
    let calls = 0;
    const listener = () => (calls += 1);
    const stop = observer.subscribe(listener);
    observer.subscribe(listener);
    stop();
    stop();
    await observer.send();
    expect(calls).toBe(2);
  });

  it("that throws is reported, and the others are called", async () => {
    const { client, transport, reported } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const observer = client.observe("items");
    const cause = new Error("out of order");
    let calls = 0;
    observer.subscribe(() => {
      throw cause;
    });
    observer.subscribe(() => (calls += 1));
    expect(await observer.send()).toMatchObject({ data: 1 });
    expect(calls).toBe(2);
    expect(reported).toMatchObject([
      { code: "LISTENER_THREW", cause },
      { code: "LISTENER_THREW", cause },
    ]);
  });
});
