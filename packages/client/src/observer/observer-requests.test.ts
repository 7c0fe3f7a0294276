import { describe, expect, it } from "vitest";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { createTestBench } from "../testing/index.ts";

describe("superseding", () => {
  it("the snapshot is the latest request's, whatever comes last; each caller gets its own answer", async () => {
    const { client, transport, clock } = createTestBench();
    const held = transport.hold("POST items");
    const observer = client.observeRequest("items", { method: "POST" });
    observer.mount();
    const first = observer.send({ body: 1 });
    const second = observer.send({ body: 2 });
    await clock.advance(0);
    held[1]?.reply({ data: "second" });
    await clock.advance(0);
    expect(observer.getSnapshot()).toMatchObject({ data: "second", fetching: false });
    held[0]?.reply({ data: "first" });
    expect([(await first).data, (await second).data]).toEqual(["first", "second"]);
    expect(observer.getSnapshot()).toMatchObject({ data: "second", status: "success" });
  });

  it("the answer for an earlier key does not show under the later one", async () => {
    const { client, transport, clock } = createTestBench();
    const held = transport.hold("GET items");
    const observer = client.observe("items", { query: { page: 1 } });
    observer.mount();
    await clock.advance(0);
    observer.update({ query: { page: 2 } });
    await clock.advance(0);
    held[0]?.reply({ data: "page 1" });
    await clock.advance(0);
    expect(observer.getSnapshot()).toMatchObject({ data: undefined, status: "pending", fetching: true });
    held[1]?.reply({ data: "page 2" });
    await clock.advance(0);
    expect(observer.getSnapshot()).toMatchObject({ data: "page 2", status: "success", fetching: false });
    expect(client.stateManager.getCache('GET items?{"page":1}')?.state.data).toBe("page 1");
  });
});

describe("an observer's other key", () => {
  it("shows nothing of an earlier key's error", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { status: 503 });
    const observer = client.observe("items", { query: { page: 1 } });
    observer.mount();
    await clock.advance(0);
    expect(observer.getSnapshot()).toMatchObject({ status: "error" });
    observer.update({ query: { page: 2 } });
    expect(observer.getSnapshot()).toMatchObject({ status: "pending", error: undefined });
    await clock.advance(0);
  });

  it("shows nothing of what a write to an earlier one was answered, and tells listeners", async () => {
    const { client, transport } = createTestBench();
    transport.reply("POST items/1", { data: "first" });
    const observer = client.observeRequest("items/:id", { method: "POST", params: { id: 1 } });
    observer.mount();
    await observer.send();
    const seen: unknown[] = [];
    observer.subscribe(() => seen.push(observer.getSnapshot()));
    observer.update({ method: "POST", params: { id: 2 } });
    expect(seen).toMatchObject([{ data: undefined, status: "idle" }]);
  });
});

describe("unmounting", () => {
  it("ends what an observer listens to", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const observer = client.observe("items");
    let calls = 0;
    observer.mount();
    await clock.advance(0);
    observer.subscribe(() => (calls += 1));
    observer.unmount();
    observer.unmount();
    client.eventEmitter.emit("refetch", { queryKey: "GET items" });
    client.stateManager.setCache("GET items", { state: { data: 2 } });
    await clock.advance(0);
    expect([transport.requests.length, calls]).toEqual([1, 0]);
  });

  it("or never mounting leaves nothing to listen after a send", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const observer = client.observe("items");
    await observer.send();
    let calls = 0;
    observer.subscribe(() => (calls += 1));
    client.stateManager.setCache("GET items", { state: { data: 2 } });
    client.eventEmitter.emit("refetch", { queryKey: "GET items" });
    await clock.advance(0);
    expect([transport.requests.length, calls]).toEqual([1, 0]);
  });

  it("lets a request under way answer: it is stored, and shows when the observer is mounted again", async () => {
    const { client, transport, clock } = createTestBench();
    const held = transport.hold("GET items");
    const observer = client.observe("items");
    observer.mount();
    await clock.advance(0);
    observer.unmount();
    held[0]?.reply({ data: 1 });
    await clock.advance(0);
    expect(observer.getSnapshot()).toMatchObject({ data: 1, fetching: false });
    observer.mount();
    expect(observer.getSnapshot()).toMatchObject({ data: 1, status: "success", fetching: true });
    held[1]?.reply({ data: 2 });
    await clock.advance(0);
    expect(observer.getSnapshot()).toMatchObject({ data: 2, fetching: false });
  });

  it("and mounting again at once, as a strict React does, leaves one that is mounted", async () => {
    const { client, transport, clock } = createTestBench();
    const held = transport.hold("GET items");
    const observer = client.observe("items");
    let calls = 0;
    observer.subscribe(() => (calls += 1));
    observer.mount();
    observer.unmount();
    observer.mount();
    await clock.advance(0);
    held[0]?.reply({ data: "of the first mount" });
    held[1]?.reply({ data: "of the second" });
    await clock.advance(0);
    expect(observer.getSnapshot()).toMatchObject({
      data: "of the second",
      status: "success",
      fetching: false,
    });
    calls = 0;
    client.stateManager.setCache("GET items", { state: { data: "by hand" } });
    expect(calls).toBe(1);
    client.eventEmitter.emit("refetch", { queryKey: "GET items" });
    await clock.advance(0);
    expect(transport.requests).toHaveLength(3);
  });
});

describe("two observers of one key", () => {
  it("see each other's data, and part without harm", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 }).reply("GET items", { data: 2 }).reply("GET items", { data: 3 });
    const [a, b] = [client.observe("items"), client.observe("items")];
    a.mount();
    b.mount();
    await clock.advance(0);
    expect([a.getSnapshot().data, b.getSnapshot().data]).toEqual([2, 2]);
    a.unmount();
    await b.refetch();
    expect([a.getSnapshot().data, b.getSnapshot().data]).toEqual([3, 3]);
    expect(b.getSnapshot().fetching).toBe(false);
  });

  it("have an instanceId each, the same for all their requests", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const ids: string[] = [];
    const watching: ClientPlugin = {
      name: "watching",
      afterResponse: ({ instanceId }) => void ids.push(instanceId),
    };
    const watched = client.use([watching]);
    const [a, b] = [watched.observe("items"), watched.observe("items")];
    for (const { send } of [a, a, b, b]) await send();
    await watched.get("items");
    await watched.get("items");
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).toBe(ids[3]);
    expect(new Set(ids).size).toBe(4);
  });
});

describe("the event refetch", () => {
  it("makes every mounted observer of a read of that key fetch past the cache, and nobody else", async () => {
    const { client, transport, clock } = createTestBench();
    transport
      .reply("GET items", { data: 1 })
      .reply("GET other", { data: 1 })
      .reply("POST items", { data: 1 });
    const fetched: unknown[] = [];
    const watching: ClientPlugin = {
      name: "watching",
      afterResponse: ({ queryKey, forceRefetch }) => void fetched.push([queryKey, forceRefetch]),
    };
    const watched = client.use([watching]);
    const observers = [watched.observe("items"), watched.observe("items"), watched.observe("other")];
    const writer = watched.observeRequest("items", { method: "POST" });
    for (const observer of [...observers, writer, watched.observe("items")]) observer.mount();
    observers[1]?.unmount();
    await clock.advance(0);
    fetched.length = 0;
    watched.eventEmitter.emit("refetch", { queryKey: "GET items" });
    watched.eventEmitter.emit("refetch", { queryKey: "POST items" });
    await clock.advance(0);
    expect(fetched).toEqual([
      ["GET items", true],
      ["GET items", true],
    ]);
  });
});

describe("context.refetch()", () => {
  /** Refetches once, after the first response. */
  function refetchOnce(log: unknown[]): ClientPlugin {
    return {
      name: "refetch-once",
      afterResponse(context, { data }) {
        log.push([context.instanceId.split("-")[0], context.forceRefetch, data]);
        if (!context.forceRefetch) void context.refetch();
      },
    };
  }

  it("sends the request again by the same observer", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 }).reply("GET items", { data: 2 });
    const log: unknown[] = [];
    const observer = client.use([refetchOnce(log)]).observe("items");
    observer.mount();
    await clock.advance(0);
    expect(log).toEqual([
      ["observer", false, 1],
      ["observer", true, 2],
    ]);
    expect(observer.getSnapshot()).toMatchObject({ data: 2, fetching: false });
  });

  it("sends it again with its options where there is no observer", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("POST items/7", { data: 1 }).reply("POST items/7", { data: 2 });
    const log: unknown[] = [];
    await client.use([refetchOnce(log)]).post("items/:id", { params: { id: 7 }, body: { a: 1 } });
    await clock.advance(0);
    expect(log).toEqual([
      ["request", false, 1],
      ["request", true, 2],
    ]);
    expect(transport.requests.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
  });
});

describe("observeRequest", () => {
  it("sends nothing by itself, neither when it is mounted nor when its options change", async () => {
    const { client, transport, clock } = createTestBench();
    const observer = client.observeRequest("items", { method: "POST" });
    observer.mount();
    observer.update({ method: "POST", query: { dry: true } });
    await clock.advance(0);
    expect(observer.getSnapshot()).toMatchObject({ status: "idle", fetching: false });
    expect(transport.requests).toEqual([]);
  });

  it("sends what it is told, with options that hold for that request alone", async () => {
    const { client, transport } = createTestBench();
    transport.reply("POST items", { data: 1 });
    const observer = client.observeRequest("items", { method: "POST", body: "standing" });
    observer.mount();
    await observer.send({ body: "once" });
    await observer.send();
    expect(transport.requests.map(({ body }) => body)).toEqual(["once", "standing"]);
  });

  it("refetch() sends the latest request again", async () => {
    const { client, transport } = createTestBench();
    transport.reply("POST items", { data: 1 });
    const observer = client.observeRequest("items", { method: "POST", body: "standing" });
    await observer.send({ body: "once" });
    await observer.refetch();
    expect(transport.requests.map(({ body }) => body)).toEqual(["once", "once"]);
  });

  it("shows a write's answer and its error, and stores neither", async () => {
    const { client, transport, clock } = createTestBench();
    transport
      .reply("POST items", { data: { id: 1 } }, { delayMs: 5 })
      .reply("POST items", { status: 409, data: "taken" });
    const observer = client.observeRequest("items", { method: "POST" });
    observer.mount();
    void observer.send();
    expect(observer.getSnapshot()).toMatchObject({ status: "pending", fetching: true });
    await clock.advance(5);
    expect(observer.getSnapshot()).toMatchObject({ data: { id: 1 }, status: "success" });
    await observer.send();
    expect(observer.getSnapshot()).toMatchObject({ status: "error", error: { status: 409, body: "taken" } });
    expect(client.stateManager.size).toBe(0);
  });
});
