import { definePlugin, type ClientPlugin } from "@x/client";
import { cache } from "@x/client-cache";
import { invalidation } from "@x/client-invalidation";
import { retry } from "@x/client-retry";
import { flushMicrotasks } from "@x/client/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { listening, ofType } from "./test-support/listening.ts";

const passing: ClientPlugin = { name: "test:passing", middleware: (_, next) => next() };

describe("a request is told", () => {
  it("from its start to its end, with every step and the core inside of them", async () => {
    const { client, transport, clock, events } = listening([cache(), passing]);
    transport.reply("GET posts/1", { data: 1, headers: { etag: "1" } }, { delayMs: 20 });
    await clock.advance(5);
    const read = client.get("posts/:id", { params: { id: 1 }, query: { page: 2 } });
    await clock.advance(20);
    await read;
    const step = (name: string, position: number) => ({
      requestId: 1,
      name,
      position,
      hook: name === "core" ? "core" : "middleware",
    });
    expect(events).toMatchObject([
      {
        sequence: 1,
        time: 5,
        type: "request-start",
        requestId: 1,
        observed: false,
        operationType: "read",
        method: "GET",
        path: "posts/:id",
        queryKey: client.queryKeyOf("posts/:id", { params: { id: 1 }, query: { page: 2 } }),
        tags: ["posts/1"],
        params: { id: 1 },
        query: { page: 2 },
        headers: {},
      },
      { sequence: 2, time: 5, type: "step-start", stepId: 1, ...step("cache", 0) },
      { sequence: 3, time: 5, type: "step-start", stepId: 2, ...step("test:passing", 1) },
      { sequence: 4, time: 5, type: "step-start", stepId: 3, ...step("core", 2) },
      { type: "step-end", stepId: 3, outcome: "returned", durationMs: 20, ...step("core", 2) },
      { type: "step-end", stepId: 2, outcome: "returned", durationMs: 20, ...step("test:passing", 1) },
      { type: "step-end", stepId: 1, outcome: "returned", durationMs: 20, ...step("cache", 0) },
      { type: "request-settle", requestId: 1, outcome: "success", status: 200, durationMs: 20 },
      { sequence: 9, time: 25, type: "state-change", entry: { timestamp: 25, stale: false } },
    ]);
    expect(events).toHaveLength(9);
  });

  it("at times that are finer than the client's clock and never go back", async () => {
    const readings = [10.25, 10.5, 10.5, 12.125, 12.25, 12.5];
    const now = vi.spyOn(performance, "now").mockImplementation(() => readings.shift() ?? 13);
    onTestFinished(() => now.mockRestore());
    const { client, transport, events } = listening();
    transport.reply("GET posts", { data: 1 });
    await client.get("posts");
    const times = events.map(({ monotonicMs }) => monotonicMs);
    expect(times[0]).toBe(10.5);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(events.every(({ time }) => time === 0)).toBe(true);
  });

  it("as begun when it was made, also where that is told late", async () => {
    const { client, transport, clock, events, stop } = listening();
    stop();
    const held = transport.hold("GET posts");
    const read = client.get("posts");
    await clock.advance(20);
    client.onDevtoolsEvent((event) => events.push(event));
    held[0]?.reply({ data: 1 });
    await read;
    const [start, settle] = events;
    expect([start?.type, start?.time, settle?.type, settle?.time]).toEqual([
      "request-start",
      0,
      "request-settle",
      20,
    ]);
    const elapsedMs = settle!.monotonicMs - start!.monotonicMs;
    expect(elapsedMs).toBeGreaterThanOrEqual(20);
  });

  it("with the outcome of each step", async () => {
    const throwing: ClientPlugin = {
      name: "test:throwing",
      operations: ["write"],
      middleware() {
        throw new Error("broken");
      },
    };
    const { client, transport, events } = listening([cache(), passing, throwing]);
    transport.reply("GET posts", { data: 1 });
    await client.get("posts");
    events.length = 0;
    await client.get("posts");
    await client.post("posts");
    const ends = ofType(events, "step-end").map(({ name, outcome, error }) => [
      name,
      outcome,
      error?.message,
    ]);
    expect(ends).toEqual([
      ["cache", "early", undefined],
      ["test:throwing", "threw", "broken"],
      ["test:passing", "threw", "broken"],
    ]);
    expect(ofType(events, "request-settle")).toMatchObject([
      { outcome: "success", status: 200 },
      {
        outcome: "error",
        status: 0,
        error: { code: "PLUGIN_THREW", plugin: "test:throwing", cause: "Error: broken" },
      },
    ]);
  });

  it("with each attempt of a retry, as runs of their own", async () => {
    const { client, transport, clock, events } = listening([retry({ retryDelay: () => 10 }), passing]);
    transport.reply("GET posts", { status: 503 }).reply("GET posts", { data: 1 });
    const read = client.get("posts");
    await clock.advance(10);
    await read;
    const starts = ofType(events, "step-start");
    expect(starts.map(({ name, time }) => [name, time])).toEqual([
      ["retry", 0],
      ["test:passing", 0],
      ["core", 0],
      ["test:passing", 10],
      ["core", 10],
    ]);
    expect(new Set(starts.map(({ stepId }) => stepId)).size).toBe(5);
    expect(ofType(events, "step-end").map(({ stepId }) => stepId)).toEqual([3, 2, 5, 4, 1]);
  });

  it("also without any other plugin, with and without an answer", async () => {
    const { client, transport, events } = listening();
    const held = transport.hold("GET posts");
    const read = client.get("posts");
    expect(events.map(({ type }) => type)).toEqual(["request-start", "step-start"]);
    held[0]?.reply({ data: 1 });
    await read;
    expect(events.map(({ type }) => type).slice(2)).toEqual(["step-end", "request-settle", "state-change"]);
  });

  it("also when it never came to a step", async () => {
    const { client, events } = listening([passing]);
    await client.get("posts", { signal: AbortSignal.abort() });
    expect(events).toMatchObject([
      { type: "request-start", requestId: 1 },
      { type: "request-settle", requestId: 1, outcome: "aborted", error: { code: "ABORTED" } },
    ]);
  });

  it("with what other plugins have made of the response", async () => {
    const failing: ClientPlugin = {
      name: "test:failing",
      afterResponse: () => ({ status: 422, data: "no" }),
    };
    const { client, transport, events } = listening([failing]);
    transport.reply("GET posts", { data: 1 });
    await client.get("posts");
    expect(ofType(events, "request-settle")).toMatchObject([{ outcome: "error", status: 422 }]);
  });

  it("apart from others that are under way", async () => {
    const { client, transport, events } = listening([passing]);
    const held = [transport.hold("GET a"), transport.hold("GET b")];
    const reads = [client.get("a"), client.get("b")];
    held[1]?.[0]?.reply({ data: 1 });
    held[0]?.[0]?.reply({ data: 1 });
    await Promise.all(reads);
    expect(ofType(events, "request-settle").map(({ requestId, queryKey }) => [requestId, queryKey])).toEqual([
      [2, client.queryKeyOf("b")],
      [1, client.queryKeyOf("a")],
    ]);
  });
});

describe("the state is told", () => {
  it("when anything about a key changes, and when everything is forgotten", async () => {
    const { client, transport, clock, events } = listening();
    transport.reply("GET posts", { data: 1 });
    await client.get("posts", { tags: ["feed"] });
    await clock.advance(3);
    const { stateManager } = client;
    const queryKey = client.queryKeyOf("posts");
    stateManager.markStale("feed");
    stateManager.setCache(queryKey, { state: { data: 2 } });
    stateManager.addView(queryKey, { show: () => 3 });
    stateManager.deleteCache(queryKey);
    stateManager.clear();
    expect(ofType(events, "state-change")).toMatchObject([
      { queryKey, entry: { timestamp: 0, stale: false, tags: ["feed"] } },
      { queryKey, entry: { timestamp: 0, stale: true } },
      { queryKey, entry: { timestamp: 3, stale: false } },
      { queryKey, entry: { timestamp: 3 } },
      { queryKey },
      {},
    ]);
    expect(
      ofType(events, "state-change")
        .slice(-2)
        .map((event) => Object.keys(event)),
    ).toEqual([
      ["sequence", "time", "monotonicMs", "type", "queryKey"],
      ["sequence", "time", "monotonicMs", "type"],
    ]);
  });

  it("with invalidations, and what they fetch again", async () => {
    const { client, transport, events } = listening([invalidation()]);
    transport.reply("GET posts", { data: 1 }).reply("POST posts", { data: 1 });
    await client.get("posts");
    events.length = 0;
    await client.post("posts");
    client.eventEmitter.emit("refetch", { queryKey: "some key" });
    const seen = events.filter(({ type }) => !["step-start", "step-end"].includes(type));
    expect(seen).toMatchObject([
      { type: "request-start", operationType: "write" },
      { type: "state-change", entry: { stale: true } },
      { type: "invalidate", queryKeys: [client.queryKeyOf("posts")] },
      { type: "refetch", tags: ["posts", "posts/*"] },
      { type: "request-settle", outcome: "success" },
      { type: "refetch", queryKey: "some key" },
    ]);
  });

  it("when somebody else is signed in", () => {
    let user: string | undefined = "ada";
    const { client, events } = listening([], {}, { identity: () => user });
    user = undefined;
    client.checkIdentity();
    user = "bob";
    client.checkIdentity();
    const [out, back] = ofType(events, "identity");
    expect(out).toMatchObject({ previous: "ada" });
    expect(out).not.toHaveProperty("identity");
    expect(back).toMatchObject({ identity: "bob" });
  });
});

it("observers are told of when they are mounted, updated and unmounted, with their requests", async () => {
  const { client, transport, events } = listening();
  transport.reply("GET posts", { data: 1 });
  const observer = client.observe("posts", { query: { page: 1 } });
  observer.mount();
  await flushMicrotasks();
  observer.update({ query: { page: 2 } });
  await flushMicrotasks();
  observer.unmount();
  const [page1, page2] = [1, 2].map((page) => client.queryKeyOf("posts", { query: { page } }));
  const lifecycle = ofType(events, "lifecycle");
  expect(lifecycle).toMatchObject([
    { hook: "mount", queryKey: page1 },
    { hook: "update", queryKey: page2, previousQueryKey: page1 },
    { hook: "unmount", queryKey: page2 },
  ]);
  const starts = ofType(events, "request-start");
  expect(starts.map(({ instanceId }) => instanceId)).toEqual([1, 2].map(() => lifecycle[0]!.instanceId));
  expect(starts.every(({ observed }) => observed)).toBe(true);
});

it("another plugin may listen, too", async () => {
  const seen: string[] = [];
  const listener = definePlugin()({
    name: "test:listener",
    dependencies: ["devtools"],
    setup: ({ plugins }) => plugins.get("devtools").onDevtoolsEvent(({ type }) => seen.push(type)),
  });
  const { client, transport } = listening([listener]);
  transport.reply("GET posts", { data: 1 });
  await client.get("posts");
  expect(seen[0]).toBe("request-start");
  client.dispose();
});
