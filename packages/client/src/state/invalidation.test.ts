import { describe, expect, it } from "vitest";
import { definePlugin } from "../plugin/define-plugin.ts";
import { registeredFetches } from "../test-support/registered-fetches.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import type { OwnedStateManager } from "./owned-state-manager.ts";

describe("an invalidation reaches what is under way", () => {
  it("a first read's answer arrives stale", async () => {
    const { client, transport } = createTestBench();
    const held = transport.hold("GET posts");
    const pending = client.get("posts");
    await flushMicrotasks();
    expect(client.stateManager.markStale("posts")).toEqual([]);
    held[0]?.reply({ data: "of before" });
    expect((await pending).data).toBe("of before");
    expect(client.stateManager.getCache("GET posts")).toMatchObject({
      state: { data: "of before" },
      stale: true,
    });
  });

  it.each([true, false])(
    "an entry that is deleted meanwhile comes back stale (it had data: %s)",
    async (hadData) => {
      const { client, transport } = createTestBench();
      if (hadData) client.stateManager.setCache("GET posts", { state: { data: "old" } });
      const held = transport.hold("GET posts");
      const pending = client.get("posts");
      await flushMicrotasks();
      client.stateManager.deleteCache("GET posts");
      expect(client.stateManager.size).toBe(0);
      held[0]?.reply({ data: "of before" });
      await pending;
      expect(client.stateManager.getCache("GET posts")).toMatchObject({
        state: { data: "of before" },
        stale: true,
      });
    },
  );

  it("a fetch that a listener starts because of it is one of after it", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET a", { data: 1 }).reply("GET b", { data: 1 }).reply("GET b", { data: 2 });
    await client.get("a");
    await client.get("b");
    let refetched: Promise<unknown> | undefined;
    client.stateManager.subscribe("GET a", () => (refetched ??= client.get("b")));
    client.stateManager.markStale("*");
    await refetched;
    expect(client.stateManager.getCache("GET b")).toMatchObject({ state: { data: 2 }, stale: false });
  });

  it("a listener may clear the state in the middle of it", async () => {
    const { client } = createTestBench();
    const { stateManager } = client;
    for (const key of ["a", "b", "c"]) stateManager.setCache(key, { state: { data: key }, tags: ["x"] });
    stateManager.subscribe("a", () => stateManager.clear());
    stateManager.markStale("x");
    expect(stateManager.size).toBe(0);
  });
});

describe("an entry is found by the tags of the latest read", () => {
  it("also when somebody put it there before, without tags", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { data: "new" });
    client.stateManager.setCache("GET posts", { state: { data: "initial" } });
    await client.get("posts");
    expect(client.stateManager.getCache("GET posts")?.tags).toEqual(["posts"]);
    expect(client.stateManager.markStale("posts")).toEqual(["GET posts"]);
  });

  it("also while that read is under way", async () => {
    const { client, transport } = createTestBench();
    const held = transport.hold("GET posts");
    client.stateManager.setCache("GET posts", { state: { data: "initial" }, tags: ["other"] });
    const pending = client.get("posts", { tags: ["feed"] });
    await flushMicrotasks();
    client.stateManager.markStale("feed");
    held[0]?.reply({ data: "of before" });
    await pending;
    expect(client.stateManager.getCache("GET posts")?.stale).toBe(true);
  });

  it("and no longer by those of the one before", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { data: "new" });
    await client.get("posts", { tags: ["feed"] });
    await client.get("posts", { tags: ["home", "feed/1"] });
    expect(client.stateManager.findKeys(["feed", "posts"])).toEqual([]);
    expect(client.stateManager.findKeys("feed/*")).toEqual(["GET posts"]);
    expect(client.stateManager.findKeys("home")).toEqual(["GET posts"]);
  });

  it("and no longer by one that the latest leaves out", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { data: "new" });
    await client.get("posts", { tags: ["feed", "home"] });
    await client.get("posts", { tags: ["feed"] });
    expect(client.stateManager.findKeys("home")).toEqual([]);
    expect(client.stateManager.findKeys("feed")).toEqual(["GET posts"]);
  });

  it("also when an older read is answered while the latest is under way", async () => {
    const { client, transport } = createTestBench();
    const held = transport.hold("GET posts");
    const older = client.get("posts", { tags: ["feed"] });
    const latest = client.get("posts", { tags: ["home"] });
    await flushMicrotasks();
    held[0]?.reply({ data: "older" });
    await older;
    client.stateManager.markStale("home");
    held[1]?.reply({ data: "of before" });
    await latest;
    expect(client.stateManager.getCache("GET posts")).toMatchObject({ tags: ["home"], stale: true });
  });

  it("and by none of them once it is deleted", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { data: "new" });
    client.stateManager.setCache("GET posts", { state: { data: "initial" }, tags: ["posts/initial"] });
    await client.get("posts", { tags: ["feed"] });
    client.stateManager.deleteCache("GET posts");
    expect(client.stateManager.markStale(["*", "feed", "posts/*", "posts"])).toEqual([]);
    expect(registeredFetches(client, "GET posts")).toBe(0);
  });

  it("and still by those of the one before when the latest fails", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { data: "good" }).reply("GET posts", { status: 500 });
    await client.get("posts", { tags: ["feed"] });
    await client.get("posts", { tags: ["home"] });
    expect(client.stateManager.markStale("feed")).toEqual(["GET posts"]);
  });
});

describe("B-21 freshness", () => {
  const cache = definePlugin<{ options: { serveStale?: boolean } }>()({
    name: "test:cache",
    operations: ["read"],
    middleware({ stateManager, queryKey, forceRefetch, pluginOptions }, next) {
      const entry = stateManager.getCache(queryKey);
      const serve = entry && !forceRefetch && (!entry.stale || pluginOptions?.serveStale);
      return serve ? { data: entry.state.data, status: 200 } : next();
    },
  });

  it("is not renewed by steady hits", async () => {
    const { client: bare, transport, clock } = createTestBench();
    const client = bare.use([cache]);
    transport.reply("GET posts", { data: 1 });
    await clock.advance(100);
    await client.get("posts");
    const entry = client.stateManager.getCache("GET posts");
    for (let hit = 0; hit < 5; hit += 1) {
      await clock.advance(1_000);
      expect((await client.get("posts")).data).toBe(1);
    }
    expect(client.stateManager.getCache("GET posts")).toBe(entry);
    expect(entry?.state.timestamp).toBe(100);
    expect(transport.requests).toHaveLength(1);
  });

  it("does not come back to a stale entry that is served while a newer one is pending", async () => {
    const { client: bare, transport } = createTestBench();
    const client = bare.use([cache]);
    transport.reply("GET posts", { data: "old" });
    const held = transport.hold("GET posts");
    await client.get("posts");
    client.stateManager.markStale("posts");
    const pending = client.get("posts");
    await flushMicrotasks();
    expect((await client.get("posts", { serveStale: true })).data).toBe("old");
    expect(client.stateManager.getCache("GET posts")).toMatchObject({ state: { data: "old" }, stale: true });
    held[0]?.reply({ data: "new" });
    await pending;
    expect(client.stateManager.getCache("GET posts")).toMatchObject({ state: { data: "new" }, stale: false });
  });

  it("is not renewed when a plugin falls back on the entry, because the fetch failed", async () => {
    const { client: bare, transport, clock } = createTestBench();
    const fallBack = definePlugin()({
      name: "test:fall-back",
      async middleware({ stateManager, queryKey }, next) {
        const response = await next();
        const entry = stateManager.getCache(queryKey);
        return response.error && entry ? { data: entry.state.data, status: 200 } : response;
      },
    });
    const client = bare.use([fallBack]);
    transport.reply("GET posts", { data: 1 }).reply("GET posts", { status: 503 });
    await client.get("posts");
    client.stateManager.markStale("posts");
    const before = client.stateManager.getCache("GET posts");
    await clock.advance(10);
    expect((await client.get("posts")).data).toBe(1);
    expect((await client.get("posts", { timeoutMs: 1_000 })).data).toBe(1);
    expect(client.stateManager.getCache("GET posts")).toBe(before);
  });

  it("begins anew when the same data is fetched again", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET posts", { data: 1 });
    await client.get("posts");
    client.stateManager.markStale("posts");
    await clock.advance(1_000);
    await client.get("posts");
    expect(client.stateManager.getCache("GET posts")).toMatchObject({
      state: { data: 1, timestamp: 1_000 },
      stale: false,
    });
  });
});

describe("a request that brings nothing leaves nothing behind", () => {
  it.each([
    ["fails", { status: 500 }],
    ["gets no response", new Error("network down")],
  ])("when it %s", async (_how, reply) => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", reply).reply("POST posts", reply);
    await client.get("posts");
    await client.post("posts");
    expect([registeredFetches(client, "GET posts"), registeredFetches(client, "POST posts")]).toEqual([0, 0]);
    expect(client.stateManager.size).toBe(0);
    expect(client.stateManager.findKeys("*")).toEqual([]);
    expect(client.dehydrate().entries).toEqual([]);
  });

  it("when it fails after an invalidation: its key is forgotten, with what was counted for it", async () => {
    const { client, transport } = createTestBench();
    const held = transport.hold("GET posts");
    const pending = client.get("posts");
    await flushMicrotasks();
    const { epochOf, markStale } = client.stateManager as OwnedStateManager;
    markStale("posts");
    expect(epochOf("GET posts")).toBe(1);
    held[0]?.reply({ status: 500 });
    await pending;
    expect(epochOf("GET posts")).toBe(epochOf("GET unknown"));
  });

  it("when it is aborted, before or while it fetches", async () => {
    const { client, transport } = createTestBench();
    transport.hold("GET posts");
    const controller = new AbortController();
    const pending = client.get("posts", { signal: controller.signal });
    await flushMicrotasks();
    expect(registeredFetches(client, "GET posts")).toBe(1);
    controller.abort();
    await pending;
    await client.get("posts", { signal: controller.signal });
    expect(registeredFetches(client, "GET posts")).toBe(0);
    expect(client.dehydrate().entries).toEqual([]);
  });

  it("and a write that succeeds leaves no data: its answer is its caller's", async () => {
    const { client, transport } = createTestBench();
    transport.reply("POST posts", { data: { id: 1 } });
    await client.post("posts");
    expect(client.stateManager.size).toBe(0);
    expect(registeredFetches(client, "POST posts")).toBe(0);
  });
});
