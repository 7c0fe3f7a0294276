import { describe, expect, it } from "vitest";
import { createHeldAdapter } from "../test-support/held-adapter.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { createSubscription } from "./index.ts";

interface Api {
  prices: { GET: { data: number; query?: { of: string } }; POST: { data: number; body: unknown } };
  users: { GET: { data: Record<string, unknown> } };
}

const IDLE = {
  data: undefined,
  status: "idle",
  error: undefined,
  failedAttempts: 0,
  lastEventId: undefined,
  meta: {},
};

function bench() {
  return { ...createTestBench<Api>({ baseUrl: "/api" }), ...createHeldAdapter() };
}

describe("a subscription", () => {
  it("is idle before it is mounted, connects once, and tells how that goes", async () => {
    const { client, adapter, connections } = bench();
    const prices = createSubscription(client, "prices", { adapter });
    expect(prices.getSnapshot()).toEqual(IDLE);
    prices.mount();
    prices.mount();
    expect(prices.getSnapshot()).toEqual({ ...IDLE, status: "connecting" });
    await flushMicrotasks();
    await connections[0]?.open();
    expect(prices.getSnapshot()).toEqual({ ...IDLE, status: "open" });
    expect(prices.getSnapshot()).toBe(prices.getSnapshot());
    connections[0]?.send(7);
    expect(prices.getSnapshot()).toEqual({ ...IDLE, status: "open", data: 7 });
    connections[0]?.close();
    expect(prices.getSnapshot()).toEqual({ ...IDLE, status: "closed", data: 7 });
    expect(connections).toHaveLength(1);
  });

  it("opens with what the adapter and the options say", async () => {
    const { client, adapter, connections } = bench();
    const prices = createSubscription(client, "prices", {
      adapter,
      query: { of: "gold" },
      headers: { "x-tag": "a" },
    });
    prices.mount();
    await flushMicrotasks();
    expect(connections[0]?.request).toMatchObject({
      url: "/api/prices?of=gold",
      method: "GET",
      headers: { accept: "text/test", "x-tag": "a" },
    });
  });

  it("ends its connection when it is unmounted, forgets the data, and can be mounted again", async () => {
    const { client, adapter, connections, open } = bench();
    const prices = createSubscription(client, "prices", { adapter });
    prices.mount();
    await flushMicrotasks();
    await connections[0]?.open();
    connections[0]?.send(7);
    prices.unmount();
    expect([open(), prices.getSnapshot()]).toEqual([0, IDLE]);
    // What an adapter tells after that is nobody's.
    connections[0]?.send(8);
    expect(prices.getSnapshot()).toEqual(IDLE);
    prices.mount();
    await flushMicrotasks();
    await connections[1]?.open();
    connections[1]?.send(9);
    expect(prices.getSnapshot()).toMatchObject({ status: "open", data: 9 });
  });

  it("gives up the request that opens it, too", async () => {
    const { client, adapter, open } = bench();
    const prices = createSubscription(client, "prices", { adapter });
    prices.mount();
    await flushMicrotasks();
    prices.unmount();
    await flushMicrotasks();
    expect([open(), prices.getSnapshot()]).toEqual([0, IDLE]);
  });

  it("connects again at once when it is asked to, with what its options are by then", async () => {
    const { client, adapter, connections, open } = bench();
    const prices = createSubscription(client, "prices", { adapter, headers: { tag: "a" } });
    prices.reconnect();
    prices.mount();
    await flushMicrotasks();
    await connections[0]?.open();
    prices.update({ adapter, headers: { tag: "b" } });
    expect(connections).toHaveLength(1);
    prices.reconnect();
    await flushMicrotasks();
    expect([connections.length, open()]).toEqual([2, 1]);
    expect(connections[1]?.request.headers["tag"]).toBe("b");
  });

  it("is another one for another query", async () => {
    const { client, adapter, connections, open } = bench();
    const prices = createSubscription(client, "prices", { adapter, query: { of: "gold" } });
    let told = 0;
    prices.subscribe(() => (told += 1));
    prices.mount();
    await flushMicrotasks();
    await connections[0]?.open();
    connections[0]?.send(1);
    told = 0;
    prices.update({ adapter, query: { of: "tin" } });
    expect(prices.getSnapshot()).toEqual({ ...IDLE, status: "connecting" });
    expect(told).toBeGreaterThan(0);
    await flushMicrotasks();
    expect([connections.length, open()]).toEqual([2, 1]);
  });

  it("ends with the signal of its options", async () => {
    const { client, adapter, connections, open } = bench();
    const controller = new AbortController();
    const prices = createSubscription(client, "prices", { adapter, signal: controller.signal });
    prices.mount();
    await flushMicrotasks();
    await connections[0]?.open();
    controller.abort();
    expect([prices.getSnapshot().status, open()]).toEqual(["closed", 0]);
    prices.reconnect();
    await flushMicrotasks();
    expect(prices.getSnapshot()).toMatchObject({ status: "closed", error: { code: "ABORTED" } });
  });
});

describe("equal subscriptions", () => {
  it("share one connection and its data, until the last is unmounted", async () => {
    const { client, adapter, connections, open } = bench();
    const first = createSubscription(client, "prices", { adapter });
    // An adapter made elsewhere, of the same kind.
    const second = createSubscription(client, "prices", { adapter: { ...adapter } });
    first.mount();
    await flushMicrotasks();
    await connections[0]?.open();
    connections[0]?.send(1);
    second.mount();
    await flushMicrotasks();
    expect(second.getSnapshot()).toBe(first.getSnapshot());
    expect(connections).toHaveLength(1);
    first.unmount();
    connections[0]?.send(2);
    expect([second.getSnapshot().data, open()]).toEqual([2, 1]);
    second.unmount();
    expect(open()).toBe(0);
  });

  it.each([
    ["path", (client, adapter) => createSubscription(client, "users", { adapter })],
    ["query", (client, adapter) => createSubscription(client, "prices", { adapter, query: { of: "tin" } })],
    [
      "protocol",
      (client, adapter) => createSubscription(client, "prices", { adapter: { ...adapter, name: "other" } }),
    ],
    [
      "way to accumulate",
      (client, adapter) => createSubscription(client, "prices", { adapter, accumulate: "append" }),
    ],
    ["key", (client, adapter) => createSubscription(client, "prices", { adapter, key: "mine" })],
    [
      "body",
      (client, adapter) => createSubscription(client, "prices", { adapter, method: "POST", body: { a: 1 } }),
    ],
  ] satisfies [
    string,
    (
      client: ReturnType<typeof bench>["client"],
      adapter: ReturnType<typeof bench>["adapter"],
    ) => { mount(): void },
  ][])("are not those of another %s", async (_, create) => {
    const { client, adapter, connections } = bench();
    createSubscription(client, "prices", { adapter }).mount();
    create(client, adapter).mount();
    await flushMicrotasks();
    expect(connections).toHaveLength(2);
  });

  it("tell every onMessage, and each once", async () => {
    const { client, adapter, connections, reported } = bench();
    const told: unknown[] = [];
    const cause = new Error("thrown by a listener");
    const throwing = createSubscription(client, "prices", {
      adapter,
      onMessage() {
        throw cause;
      },
    });
    const noting = createSubscription(client, "prices", {
      adapter,
      onMessage: (message, { id, event }) => told.push([message, id, event]),
    });
    throwing.mount();
    noting.mount();
    await flushMicrotasks();
    await connections[0]?.open();
    connections[0]?.send(1, { id: "x", event: "tick" });
    expect(told).toEqual([[1, "x", "tick"]]);
    expect(reported).toMatchObject([{ code: "LISTENER_THREW", cause }]);
    expect(noting.getSnapshot()).toMatchObject({ data: 1, lastEventId: "x" });
  });
});

describe("bad input", () => {
  const connect = async () => ({ status: 200 });

  it.each([
    ["no adapter", { adapter: undefined }],
    ["an adapter that cannot connect", { adapter: { name: "x" } }],
    ["an adapter without a name", { adapter: { connect } }],
    ["an unknown way to accumulate", { accumulate: "concat" }],
    ["room for nothing", { maxItems: 0 }],
    ["a negative wait", { reconnect: { delayMs: -1 } }],
    ["a wait that is no number", { reconnect: { maxDelayMs: Number.NaN } }],
  ])("is INVALID_OPTION: %s", (_, bad) => {
    const { client, adapter } = bench();
    const options = { adapter, ...bad } as { adapter: typeof adapter };
    const refusal = expect.objectContaining({ code: "INVALID_OPTION" });
    expect(() => createSubscription(client, "prices", options)).toThrow(refusal);
    const prices = createSubscription(client, "prices", { adapter });
    expect(() => prices.update(options)).toThrow(refusal);
  });
});
