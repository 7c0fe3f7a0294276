import { describe, expect, it } from "vitest";
import { createHeldAdapter } from "../test-support/held-adapter.ts";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { definePlugin } from "../plugin/define-plugin.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { createSubscription } from "./index.ts";

interface Api {
  prices: { GET: { data: unknown } };
}

async function mountedWith(...plugins: ClientPlugin[]) {
  const made = { ...createTestBench<Api>(), ...createHeldAdapter() };
  const client = made.client.use(plugins);
  const prices = createSubscription(client, "prices", { adapter: made.adapter, accumulate: "append" });
  prices.mount();
  await flushMicrotasks();
  return { ...made, client, prices, latest: () => made.connections.at(-1)! };
}

describe("opening a connection", () => {
  it("is a request of the operation subscribe, in every hook, and stores nothing", async () => {
    const seen: unknown[] = [];
    const { client, latest, clock } = await mountedWith(
      {
        name: "test:subscribe",
        operations: ["subscribe"],
        middleware({ operationType, method, observed, request }, next) {
          seen.push([operationType, method, observed]);
          request.headers["authorization"] = "Bearer secret";
          return next();
        },
        afterResponse: (_context, { status, data }) => void seen.push([status, data]),
      },
      { name: "test:read", operations: ["read"], middleware: () => ({ error: new Error("a read") }) },
    );
    expect(latest().request.headers["authorization"]).toBe("Bearer secret");
    await latest().open();
    latest().send("a");
    latest().send("b");
    latest().lose();
    await clock.advance(1_000);
    await latest().open();
    // Once for each connection, and not for messages.
    expect(seen).toEqual([
      ["subscribe", "GET", true],
      [200, undefined],
      ["subscribe", "GET", true],
      [200, undefined],
    ]);
    expect(client.stateManager.size).toBe(0);
  });

  it("may be tried again by a plugin, as when a token had expired", async () => {
    const { prices, connections, open } = await mountedWith({
      name: "test:refresh",
      repeatable: true,
      async middleware({ request }, next) {
        const response = await next();
        if (response.status !== 401) return response;
        request.headers["authorization"] = "Bearer fresh";
        return next();
      },
    });
    await connections[0]?.open({ status: 401 });
    expect(connections[1]?.request.headers["authorization"]).toBe("Bearer fresh");
    await connections[1]?.open();
    expect(prices.getSnapshot()).toMatchObject({ status: "open", failedAttempts: 0 });
    expect(open()).toBe(1);
  });

  it("that a plugin does twice leaves one connection open", async () => {
    const { connections, open, prices } = await mountedWith({
      name: "test:twice",
      repeatable: true,
      async middleware(_context, next) {
        await next();
        return next();
      },
    });
    await connections[0]?.open();
    await connections[1]?.open();
    expect(open()).toBe(1);
    connections[0]?.send("of the first");
    connections[1]?.send("of the second");
    expect(prices.getSnapshot().data).toEqual(["of the second"]);
  });

  it("that a plugin refuses afterwards ends the connection, and shows none of its messages", async () => {
    const { connections, open, prices } = await mountedWith({
      name: "test:refusing",
      async middleware(_context, next) {
        await next();
        return { error: new Error("not here"), status: 403 };
      },
    });
    connections[0]?.send("early");
    await connections[0]?.open();
    expect(prices.getSnapshot()).toMatchObject({ data: undefined, status: "error", error: { status: 403 } });
    expect(open()).toBe(0);
  });

  it("holds what comes before the chain has unwound, of too much the latest", async () => {
    const made = { ...createTestBench<Api>(), ...createHeldAdapter() };
    let letThrough: () => void = () => {};
    const slow = made.client.use([
      {
        name: "test:slow",
        afterResponse: () =>
          new Promise<undefined>((resolve) => {
            letThrough = () => resolve(undefined);
          }),
      },
    ]);
    const prices = createSubscription(slow, "prices", {
      adapter: made.adapter,
      accumulate: (all: readonly unknown[] | undefined, message) => [...(all ?? []), message],
      maxItems: 3,
    });
    prices.mount();
    await flushMicrotasks();
    const [connection] = made.connections;
    connection?.send(1);
    await connection?.open();
    for (const message of [2, 3, 4]) connection?.send(message);
    expect(prices.getSnapshot()).toMatchObject({ data: undefined, status: "connecting" });
    letThrough();
    await flushMicrotasks();
    expect(prices.getSnapshot()).toMatchObject({ data: [2, 3, 4], status: "open" });
  });

  it("tells the end that came before the chain has unwound, after it has", async () => {
    const { prices, latest } = await mountedWith({
      name: "test:slow",
      async afterResponse() {
        await flushMicrotasks();
      },
    });
    latest().send("only");
    const opening = latest().open({ status: 204 });
    latest().close();
    await opening;
    await flushMicrotasks();
    expect(prices.getSnapshot()).toMatchObject({ data: ["only"], status: "closed" });
  });

  it("that a plugin answers instead takes its data for the one message", async () => {
    const { prices, connections } = await mountedWith({
      name: "test:offline",
      middleware: () => ({ data: "from yesterday" }),
    });
    await flushMicrotasks();
    expect(connections).toHaveLength(0);
    expect(prices.getSnapshot()).toMatchObject({ data: ["from yesterday"], status: "closed" });
  });

  it("that a plugin makes up for, once it has failed, leaves no connection", async () => {
    const { prices, connections, open } = await mountedWith({
      name: "test:fallback",
      async middleware(_context, next) {
        const response = await next();
        return response.error ? { data: "instead" } : response;
      },
    });
    await connections[0]?.refuse(new TypeError("fetch failed"));
    expect(prices.getSnapshot()).toMatchObject({ data: ["instead"], status: "closed" });
    expect(open()).toBe(0);
  });

  it("keeps to the time limit of a request, and the connection itself to none", async () => {
    const made = { ...createTestBench<Api>({ timeoutMs: 100 }), ...createHeldAdapter() };
    const prices = createSubscription(made.client, "prices", { adapter: made.adapter });
    prices.mount();
    await made.clock.advance(100);
    expect(prices.getSnapshot()).toMatchObject({ status: "connecting", error: { code: "TIMEOUT" } });
    expect(made.open()).toBe(0);
    while (made.connections.length < 2) await made.clock.advance(10);
    await made.connections[1]?.open();
    await made.clock.advance(60_000);
    expect(prices.getSnapshot()).toMatchObject({ status: "open" });
  });

  it("is done again by a plugin's refetch()", async () => {
    let refetch: () => Promise<unknown> = async () => {};
    const { prices, connections, open } = await mountedWith({
      name: "test:refetch",
      middleware(context, next) {
        refetch = () => context.refetch();
        return next();
      },
    });
    await connections[0]?.open();
    void refetch();
    await flushMicrotasks();
    await connections[1]?.open();
    expect([connections.length, open(), prices.getSnapshot().status]).toEqual([2, 1, "open"]);
  });
});

describe("what plugins have of a subscription", () => {
  it("meta shows in the snapshot, and cleanups run when the next connection is opened or it is unmounted", async () => {
    const log: string[] = [];
    const made = { ...createTestBench<Api>(), ...createHeldAdapter() };
    const counting = definePlugin<{ meta: { connection: number } }>()({
      name: "test:counting",
      operations: ["subscribe"],
      middleware(context, next) {
        const connection = made.connections.length + 1;
        context.setMeta({ connection });
        context.onCleanup(() => log.push(`clean ${connection}`));
        return next();
      },
      lifecycle: {
        onMount: () => void log.push("mount"),
        onUpdate: (context, previous) =>
          void log.push(`update ${previous.request.headers["tag"]} ${context.request.headers["tag"]}`),
        onUnmount: () => void log.push("unmount"),
      },
    });
    const { adapter } = made;
    const prices = createSubscription(made.client.use([counting]), "prices", {
      adapter,
      headers: { tag: "a" },
    });
    prices.mount();
    await flushMicrotasks();
    await made.connections[0]?.open();
    expect(prices.getSnapshot().meta).toEqual({ connection: 1 });
    prices.update({ adapter, headers: { tag: "b" } });
    made.connections[0]?.lose();
    await made.clock.advance(1_000);
    expect(prices.getSnapshot().meta).toEqual({ connection: 2 });
    prices.unmount();
    expect(log).toEqual(["mount", "update a b", "clean 1", "unmount", "clean 2"]);
  });
});

describe("dispose", () => {
  it("leaves no connection, no timer and nothing to come", async () => {
    const { client, prices, connections, open, clock } = await mountedWith();
    const waiting = createSubscription(client, "prices", { adapter: createHeldAdapter("other").adapter });
    waiting.mount();
    await connections[0]?.open();
    client.dispose();
    await flushMicrotasks();
    expect([open(), clock.scheduled, prices.getSnapshot().status]).toEqual([0, 0, "idle"]);
    prices.mount();
    prices.reconnect();
    await clock.advance(60_000);
    expect(connections).toHaveLength(1);
  });
});

describe("clear, as on a logout", () => {
  it("forgets the messages, and opens another connection without the last event id", async () => {
    const { client, prices, connections, open } = await mountedWith();
    await connections[0]?.open();
    connections[0]?.send("somebody's", { id: "1" });
    client.stateManager.clear();
    expect(prices.getSnapshot()).toMatchObject({ data: undefined, lastEventId: undefined });
    await flushMicrotasks();
    expect([connections.length, open()]).toEqual([2, 1]);
    expect(connections[1]?.request.headers["last-event-id"]).toBeUndefined();
    client.stateManager.clear();
    await flushMicrotasks();
    expect([connections.length, open()]).toEqual([3, 1]);
  });
});

describe("another user", () => {
  it("has a connection of their own, and sees no message of the one before", async () => {
    let identity = "ann";
    const made = { ...createTestBench<Api>({ identity: () => identity }), ...createHeldAdapter() };
    const prices = createSubscription(made.client, "prices", { adapter: made.adapter });
    prices.mount();
    await flushMicrotasks();
    await made.connections[0]?.open();
    made.connections[0]?.send("ann's", { id: "1" });
    identity = "bob";
    made.client.checkIdentity();
    expect(prices.getSnapshot()).toMatchObject({ data: undefined, status: "connecting", error: undefined });
    await flushMicrotasks();
    expect([made.connections.length, made.open()]).toEqual([2, 1]);
    expect(made.connections[1]?.request.headers["last-event-id"]).toBeUndefined();
    made.connections[0]?.send("late");
    expect(prices.getSnapshot().data).toBeUndefined();
  });
});
