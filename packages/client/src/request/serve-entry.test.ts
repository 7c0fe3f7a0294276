import { describe, expect, it } from "vitest";
import type { Client } from "../client/client-types.ts";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { serveEntry } from "./response.ts";

const KEY = "GET items";

const cache: ClientPlugin = {
  name: "cache",
  operations: ["read"],
  priority: -10,
  middleware({ stateManager, queryKey, forceRefetch }, next) {
    const entry = stateManager.getCache(queryKey);
    return entry && !forceRefetch ? serveEntry(entry) : next();
  },
};

/** Holds a response that is not forced for five milliseconds, outside of the cache. */
const waiting: ClientPlugin = {
  name: "waiting",
  operations: ["read"],
  priority: -20,
  async middleware(context, next) {
    const response = await next();
    if (!context.forceRefetch) await new Promise<void>((resolve) => context.clock.schedule(resolve, 5));
    return { ...response };
  },
};

const plusOne: ClientPlugin = {
  name: "plus-one",
  operations: ["read"],
  afterResponse: (_, response) => ({ ...response, data: Number(response.data) + 1 }),
};

describe("what is served from the state while an outer plugin waits", () => {
  /** Begins to serve 1, which hooks have made 2, changes the state meanwhile, and gives what came of it. */
  async function servedOver(change: (client: Client) => unknown) {
    const { client: bare, transport, clock } = createTestBench();
    transport.reply(KEY, { data: 1 }).reply(KEY, { data: 10 });
    const client = bare.use([cache, waiting, plusOne]);
    const first = client.get("items");
    await clock.advance(5);
    await first;
    const served = client.get("items");
    await flushMicrotasks();
    await change(client);
    await clock.advance(5);
    return { answer: await served, entry: client.stateManager.getCache(KEY) };
  }

  it("B-11: is transformed once, and not stored over what somebody has written", async () => {
    const { answer, entry } = await servedOver(({ stateManager }) =>
      stateManager.setCache(KEY, { state: { data: 100 } }),
    );
    expect(answer).toMatchObject({ data: 2, status: 200 });
    expect(entry).toMatchObject({ state: { data: 100, timestamp: 5 }, produced: 100 });
  });

  it("nor over what was fetched", async () => {
    const { answer, entry } = await servedOver((client) => client.get("items", { forceRefetch: true }));
    expect(answer.data).toBe(2);
    expect(entry).toMatchObject({ state: { data: 11, timestamp: 5 }, produced: 10 });
  });

  it("nor into a state that was cleared, nor in place of an entry that was deleted", async () => {
    for (const change of [
      ({ stateManager }: Client) => stateManager.clear(),
      ({ stateManager }: Client) => stateManager.deleteCache(KEY),
    ]) {
      const { answer, entry } = await servedOver(change);
      expect([answer.data, entry]).toEqual([2, undefined]);
    }
  });

  it("B-21: leaves an entry stale that was marked so", async () => {
    const { answer, entry } = await servedOver(({ stateManager }) => stateManager.markStale("*"));
    expect([answer.data, entry?.stale]).toEqual([2, true]);
  });
});

it("data that an outer plugin has changed is its caller's, and is not stored", async () => {
  const { client: bare, transport } = createTestBench();
  transport.reply(KEY, { data: 1 });
  const changing: ClientPlugin = {
    name: "changing",
    priority: -20,
    async middleware(context, next) {
      const response = await next();
      return context.forceRefetch ? response : { ...response, data: `changed ${String(response.data)}` };
    },
  };
  const client = bare.use([cache, changing]);
  await client.get("items", { forceRefetch: true });
  for (let read = 0; read < 3; read += 1) expect((await client.get("items")).data).toBe("changed 1");
  expect(client.stateManager.getCache(KEY)?.state.data).toBe(1);
});

it("an entry may stand in for a fetch that failed", async () => {
  const { client: bare, transport } = createTestBench();
  transport.reply(KEY, { data: 1 }).reply(KEY, { status: 503 });
  const fallback: ClientPlugin = {
    name: "fallback",
    async middleware({ stateManager, queryKey }, next) {
      const response = await next();
      const entry = stateManager.getCache(queryKey);
      return response.error && entry ? serveEntry(entry) : response;
    },
  };
  const client = bare.use([fallback, plusOne]);
  for (let read = 0; read < 3; read += 1)
    expect(await client.get("items")).toMatchObject({ data: 2, error: undefined, status: 200 });
});
