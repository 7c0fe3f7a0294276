import { describe, expect, it } from "vitest";
import { definePlugin } from "../plugin/define-plugin.ts";
import { createTestBench } from "../testing/index.ts";
import type { DehydratedState } from "./state-types.ts";

const throughJson = (state: DehydratedState): DehydratedState => JSON.parse(JSON.stringify(state));

describe("state that is carried to another client as JSON", () => {
  it("arrives whole: data, what the chain produced, tags, time and stale mark", async () => {
    const server = createTestBench();
    const twice = definePlugin()({
      name: "test:twice",
      afterResponse: (_context, response) => ({ ...response, data: [response.data, response.data] }),
    });
    const client = server.client.use([twice]);
    server.transport.reply("GET posts", { data: { id: 1 } }).reply("GET users/1", { data: 0 });
    await server.clock.advance(70);
    await client.get("posts", { query: { page: 2 } });
    await client.get("users/1");
    client.stateManager.markStale("users/*");

    const browser = createTestBench().client;
    browser.hydrate(throughJson(client.dehydrate()));
    expect(browser.stateManager.size).toBe(2);
    expect(browser.stateManager.getCache('GET posts?{"page":2}')).toEqual({
      state: { data: [{ id: 1 }, { id: 1 }], timestamp: 70 },
      produced: { id: 1 },
      tags: ["posts"],
      stale: false,
      meta: {},
    });
    expect(browser.stateManager.getCache("GET users/1")).toMatchObject({
      state: { data: [0, 0] },
      stale: true,
    });
    expect(browser.stateManager.findKeys("users/*")).toEqual(["GET users/1"]);
    expect(throughJson(browser.dehydrate())).toEqual(throughJson(client.dehydrate()));
  });

  it("is what has been answered: a read that is under way brings nothing yet", async () => {
    const { client, transport } = createTestBench();
    transport.hold("GET posts");
    transport.reply("GET users", { data: 1 });
    void client.get("posts");
    await client.get("users");
    expect(client.dehydrate().entries.map(({ key }) => key)).toEqual(["GET users"]);
  });

  it("tells subscribers", () => {
    const { client } = createTestBench();
    const seen: unknown[] = [];
    client.stateManager.subscribe("k", (entry) => seen.push(entry?.state.data));
    client.hydrate({
      entries: [{ key: "k", state: { data: 1, timestamp: 5 }, produced: 1, tags: [], stale: false }],
    });
    expect(seen).toEqual([1]);
  });

  it("carries no meta: it told of a request that was elsewhere", () => {
    const { client } = createTestBench();
    client.stateManager.setCache("k", { state: { data: 1 }, meta: { secret: true } });
    expect(JSON.stringify(client.dehydrate())).not.toContain("secret");
  });
});

describe("hydrating a client that knows something already", () => {
  const carried = (timestamp: number): DehydratedState => ({
    entries: [
      { key: "k", state: { data: "carried", timestamp }, produced: "carried", tags: ["far"], stale: false },
    ],
  });

  async function knowing(timestamp: number) {
    const { client, clock } = createTestBench();
    await clock.advance(timestamp);
    client.stateManager.setCache("k", { state: { data: "own" }, tags: ["near"], meta: { a: 1 } });
    return client;
  }

  it.each([9, 10])(
    "keeps what it learned itself when what is carried (%i) is not newer",
    async (timestamp) => {
      const client = await knowing(10);
      const before = client.stateManager.getCache("k");
      client.hydrate(carried(timestamp));
      expect(client.stateManager.getCache("k")).toBe(before);
      expect(client.stateManager.findKeys("far")).toEqual([]);
    },
  );

  it("takes what is newer, with its tags, and keeps its own meta", async () => {
    const client = await knowing(10);
    client.hydrate(carried(11));
    expect(client.stateManager.getCache("k")).toMatchObject({
      state: { data: "carried" },
      tags: ["far"],
      meta: { a: 1 },
    });
    expect(client.stateManager.findKeys(["near", "far"])).toEqual(["k"]);
    expect(client.stateManager.findKeys("near")).toEqual([]);
    expect(client.stateManager.size).toBe(1);
  });

  it("still takes the answer of a read that is under way", async () => {
    const { client, transport } = createTestBench();
    const held = transport.hold("GET posts");
    const pending = client.get("posts");
    client.hydrate({ entries: [{ ...carried(99).entries[0]!, key: "GET posts" }] });
    held[0]?.reply({ data: "answer" });
    await pending;
    expect(client.stateManager.getCache("GET posts")).toMatchObject({
      state: { data: "answer" },
      stale: false,
    });
  });
});

describe("state that is somebody's", () => {
  const of = (identity: string | undefined) => createTestBench({ identity });

  async function carriedOf(identity: string | undefined): Promise<DehydratedState> {
    const { client, transport } = of(identity);
    transport.reply("GET posts", { data: "first" });
    await client.get("posts");
    return throughJson(client.dehydrate());
  }

  it("says whose it is, and is taken over for the same identity", async () => {
    const carried = await carriedOf("ada");
    expect(carried.identity).toBe("ada");
    const { client, reported } = of("ada");
    client.hydrate(carried);
    expect(client.stateManager.getCache(client.queryKeyOf("posts"))?.state.data).toBe("first");
    expect(reported).toEqual([]);
  });

  it.each([
    ["ada", "grace"],
    ["ada", undefined],
    [undefined, "ada"],
  ])("of %s is refused for %s, and that is reported", async (one, other) => {
    const { client, reported } = of(other);
    client.hydrate(await carriedOf(one));
    client.stateManager.hydrate(await carriedOf(one));
    expect(client.stateManager.size).toBe(0);
    expect(reported.map(({ code }) => code)).toEqual(["IDENTITY_MISMATCH", "IDENTITY_MISMATCH"]);
    expect(reported[0]?.message).not.toContain("ada");
  });

  it("is that of whoever is there when it is asked for", async () => {
    let user = "ada";
    const { client, transport } = createTestBench({ identity: () => user });
    transport.reply("GET posts", { data: "ada's" });
    await client.get("posts");
    user = "grace";
    expect(client.dehydrate()).toEqual({ identity: "grace", entries: [] });
  });
});
