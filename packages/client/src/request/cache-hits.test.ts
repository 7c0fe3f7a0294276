import { describe, expect, it } from "vitest";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { isFailure } from "./response.ts";
import { createTestBench } from "../testing/index.ts";

/** As much of a cache as it takes to serve what was fetched before. */
const cache: ClientPlugin = {
  name: "cache",
  operations: ["read"],
  priority: -10,
  middleware(context, next) {
    const entry = context.stateManager.getCache(context.queryKey);
    return entry && !entry.stale && !context.forceRefetch ? { data: entry.state.data, status: 200 } : next();
  },
};

/** Serves what is there whatever its age. */
const serveAnything: ClientPlugin = {
  ...cache,
  middleware(context, next) {
    const entry = context.stateManager.getCache(context.queryKey);
    return entry ? { data: entry.state.data, status: 200 } : next();
  },
};

const plusOne: ClientPlugin = {
  name: "plus-one",
  operations: ["read"],
  afterResponse: (_, response) => ({ ...response, data: Number(response.data) + 1 }),
};

describe("serving an entry's data", () => {
  it.each([0, "", false, null, Number.NaN])("B-32 is a hit when it is %o", async (data) => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data });
    const cached = client.use([cache]);
    await cached.get("items");
    expect(await cached.get("items")).toMatchObject({ data, status: 200, error: undefined });
    expect(transport.requests).toHaveLength(1);
  });

  it("B-21 renews no freshness", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const cached = client.use([cache, plusOne]);
    await cached.get("items");
    const entry = cached.stateManager.getCache("GET items");
    await clock.advance(1_000);
    await cached.get("items");
    expect(cached.stateManager.getCache("GET items")).toBe(entry);
  });

  it("B-21 leaves a stale entry stale", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const cached = client.use([serveAnything, plusOne]);
    await cached.get("items");
    cached.stateManager.markStale("*");
    expect((await cached.get("items")).data).toBe(2);
    expect(cached.stateManager.getCache("GET items")).toMatchObject({ state: { data: 2 }, stale: true });
  });

  it("B-21 after a failed fetch renews nothing either", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 }).reply("GET items", { status: 503 });
    const fallback: ClientPlugin = {
      name: "fallback",
      async middleware(context, next) {
        const response = await next();
        const entry = context.stateManager.getCache(context.queryKey);
        return isFailure(response) && entry
          ? { ...response, data: entry.state.data, status: 200, error: undefined }
          : response;
      },
    };
    const cached = client.use([fallback]);
    await cached.get("items");
    cached.stateManager.markStale("*");
    const entry = cached.stateManager.getCache("GET items");
    await clock.advance(1_000);
    expect((await cached.get("items")).data).toBe(1);
    expect(cached.stateManager.getCache("GET items")).toBe(entry);
  });
});

describe("while a hook waits, data that was served is not stored", () => {
  /** Begins to serve `old`, changes the state while a hook waits, and gives the entry at the end. */
  async function serveWhile(
    change: (state: ReturnType<typeof createTestBench>["client"]["stateManager"]) => void,
  ) {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: "old" });
    let release = () => {};
    const waiting: ClientPlugin = {
      name: "waiting",
      afterResponse: ({ requestTimestamp }) =>
        requestTimestamp > 0 ? new Promise<void>((resolve) => (release = resolve)) : undefined,
    };
    const cached = client.use([cache, waiting]);
    await cached.get("items");
    await clock.advance(1);
    const served = cached.get("items");
    await clock.advance(0);
    change(cached.stateManager);
    release();
    expect((await served).data).toBe("old");
    return cached.stateManager.getCache("GET items");
  }

  it("over a clear()", async () => {
    expect(await serveWhile((state) => state.clear())).toBeUndefined();
  });

  it("over what somebody wrote", async () => {
    const entry = await serveWhile((state) => state.setCache("GET items", { state: { data: "new" } }));
    expect(entry?.state.data).toBe("new");
  });

  it("over an invalidation", async () => {
    expect(await serveWhile((state) => state.markStale("*"))).toMatchObject({
      state: { data: "old" },
      stale: true,
    });
  });
});
