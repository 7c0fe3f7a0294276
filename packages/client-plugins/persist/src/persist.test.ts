import type { ClientPlugin } from "@x/client";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it, vi } from "vitest";
import { persist, type StateStorage } from "./index.ts";
import { KEY, keptKeys, run, start } from "./test-support/start.ts";

describe("what was read", () => {
  it("is there after a reload, without a fetch", async () => {
    const storage = new Map();
    await run(storage, {}, "posts", "users");
    const { get, transport } = start(storage);
    expect(await get("posts")).toBe("GET posts 1");
    expect(await get("users")).toBe("GET users 2");
    expect(transport.requests).toEqual([]);
  });

  it("is as old and as stale as it was, and found by its tags", async () => {
    const storage = new Map();
    const first = start(storage, {}, 500);
    await first.get("posts");
    first.client.stateManager.markStale("posts");
    await first.clock.advance(1_000);
    const second = start(storage, {}, 5_000);
    await second.client.restorePersisted();
    expect(second.client.stateManager.getCache("GET posts")).toMatchObject({
      state: { data: "GET posts 1", timestamp: 500 },
      tags: ["posts"],
      stale: true,
    });
    expect(second.client.stateManager.findKeys("posts")).toEqual(["GET posts"]);
  });

  it("shows in an observer as soon as it is there, while newer data is fetched", async () => {
    const storage = new Map();
    await run(storage, {}, "posts");
    const { client, transport } = createTestBench();
    const held = transport.hold("GET posts");
    const observer = client.use([persist({ storage })]).observe("posts");
    observer.mount();
    await flushMicrotasks();
    expect(observer.getSnapshot()).toMatchObject({ data: "GET posts 1", fetching: true });
    held[0]?.reply({ data: "newer" });
    await flushMicrotasks();
    expect(observer.getSnapshot()).toMatchObject({ data: "newer", fetching: false });
    observer.unmount();
  });

  it("may be anything that the storage holds, what the chain had produced included", async () => {
    const storage = new Map();
    const twice: ClientPlugin = {
      name: "twice",
      afterResponse: (_, response) => ({ ...response, data: [response.data, response.data] }),
    };
    const bench = createTestBench();
    bench.transport.reply("GET items", { data: { at: new Date(0), ids: new Set([1n]) } });
    const client = bench.client.use([persist({ storage }), twice]);
    await client.get("items");
    await client.savePersisted();
    const entry = client.stateManager.getCache("GET items");
    const next = createTestBench().client.use([persist({ storage }), twice]);
    await next.restorePersisted();
    expect(next.stateManager.getCache("GET items")).toEqual(entry);
  });

  it("gives way to what this client has learned itself", async () => {
    const storage = new Map();
    await run(storage, {}, "posts");
    const { client } = start(storage, {}, 100);
    client.stateManager.setCache("GET posts", { state: { data: "newer" } });
    await client.restorePersisted();
    expect(client.stateManager.getCache("GET posts")?.state.data).toBe("newer");
  });

  it("is dropped when it is older than it may be, or from the future", async () => {
    const storage = new Map();
    await run(storage, {}, "posts");
    for (const [now, restored] of [
      [86_399_999, 1],
      [86_400_000, 0],
    ] as const) {
      const { client } = start(storage, {}, now);
      await client.restorePersisted();
      expect(client.stateManager.size).toBe(restored);
    }
    const { client } = start(storage, { maxAgeMs: 50 }, 50);
    await client.restorePersisted();
    expect(client.stateManager.size).toBe(0);
    const later = new Map();
    const future = start(later, {}, 1_000);
    await future.get("posts");
    await future.client.savePersisted();
    const past = start(later);
    await past.client.restorePersisted();
    expect(past.client.stateManager.size).toBe(0);
  });

  it("is dropped when it was kept under another schema version", async () => {
    const storage = new Map();
    await run(storage, { schemaVersion: 1 }, "posts");
    const { client } = start(storage, { schemaVersion: 2 });
    await client.restorePersisted();
    expect([client.stateManager.size, storage.size]).toEqual([0, 0]);
  });

  it.each([
    "text",
    7,
    {},
    { schemaVersion: 0, entries: {} },
    { schemaVersion: 0, entries: [null] },
    { schemaVersion: 0, entries: [{ key: 1, tags: [], stale: false, state: { timestamp: 0 } }] },
    { schemaVersion: 0, entries: [{ key: "GET posts", stale: false, state: { timestamp: 0 } }] },
    { schemaVersion: 0, entries: [{ key: "GET posts", tags: [], stale: false, state: { timestamp: "0" } }] },
    { schemaVersion: 0, entries: [{ key: "GET posts", tags: [], stale: false }] },
  ])("is dropped when it is no state: %j", async (value) => {
    const storage = new Map<string, unknown>([[KEY, value]]);
    const { client, reported } = start(storage);
    await client.restorePersisted();
    expect([client.stateManager.size, storage.size, reported.length]).toEqual([0, 0, 0]);
  });
});

describe("a read", () => {
  const never: StateStorage = { get: () => new Promise(() => {}), set: () => {}, delete: () => {} };

  it("waits for a slow storage, but not for ever", async () => {
    const { get, clock, transport } = start(never, { restoreTimeoutMs: 500 });
    const pending = get("posts");
    await clock.advance(499);
    expect(transport.requests).toEqual([]);
    await clock.advance(1);
    expect(await pending).toBe("GET posts 1");
    expect(await get("users")).toBe("GET users 2");
  });

  it("that is forced does not wait, nor does a write", async () => {
    const { client, get } = start(never);
    expect(await get("posts", { forceRefetch: true })).toBe("GET posts 1");
    expect((await client.post("posts")).data).toBe("POST posts 2");
    client.dispose();
  });

  it("that is aborted waits no longer", async () => {
    const { client, clock } = start(never);
    const controller = new AbortController();
    const pending = client.get("posts", { signal: controller.signal });
    await flushMicrotasks();
    controller.abort();
    expect((await pending).aborted).toBe(true);
    client.dispose();
    expect(clock.scheduled).toBe(0);
  });

  it("settles when the client is disposed, and nothing is left", async () => {
    const { client, clock, transport } = start(never);
    const pending = client.get("posts");
    await flushMicrotasks();
    client.dispose();
    expect((await pending).error?.code).toBe("CLIENT_DISPOSED");
    expect([clock.scheduled, transport.requests.length]).toEqual([0, 0]);
  });
});

describe("dispose", () => {
  it("saves what was to be saved, and leaves no timer", async () => {
    const storage = new Map();
    const { client, get, clock } = start(storage);
    await get("posts");
    client.dispose();
    expect(clock.scheduled).toBe(0);
    await flushMicrotasks();
    expect(keptKeys(storage)).toEqual(["GET posts"]);
  });

  it("of a client that has done nothing touches no storage", async () => {
    const storage = new Map();
    const get = vi.spyOn(storage, "get");
    start(storage).client.dispose();
    await flushMicrotasks();
    expect(get).not.toHaveBeenCalled();
  });
});

it("without a storage nothing is kept, nothing waits and nothing is scheduled", async () => {
  const { client, transport, clock, reported } = createTestBench();
  transport.reply("GET posts", { data: 1 });
  const plain = client.use([persist()]);
  expect((await plain.get("posts")).data).toBe(1);
  await plain.restorePersisted();
  await plain.savePersisted();
  await plain.clearPersisted();
  expect([clock.scheduled, reported.length]).toEqual([0, 0]);
  plain.dispose();
});

it("two clients with one plugin share nothing but the storage", async () => {
  const storage = new Map();
  const shared = persist({ storage });
  const { client, transport } = createTestBench();
  transport.reply("GET posts", { data: 1 }).reply("GET users", { data: 2 });
  const [first, second] = [client.use([shared]), client.use([shared])];
  await first.get("posts");
  first.dispose();
  await flushMicrotasks();
  await second.get("users");
  await second.savePersisted();
  expect(keptKeys(storage)).toEqual(["GET posts", "GET users"]);
});
