import { describe, expect, it } from "vitest";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { isFailure, type PluginResponse } from "./response.ts";
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

/** Reads of one key that are under way together share a fetch. */
const sharing: ClientPlugin = {
  name: "sharing",
  operations: ["read"],
  middleware(context, next) {
    context.request.shareKey = context.queryKey;
    return next();
  },
};

/** Passes on the data and the status, and nothing else that a response may carry. */
const rebuilding: ClientPlugin = {
  name: "rebuilding",
  async middleware(_, next) {
    const { data, status } = await next();
    return { data, status: status ?? 200 };
  },
};

const transform = (change: (data: never) => unknown): ClientPlugin => ({
  name: "transform",
  operations: ["read"],
  afterResponse: (_, response) =>
    isFailure(response) ? undefined : { ...response, data: change(response.data as never) },
});

const plusOne = transform((data: number) => data + 1);

const TRANSFORMS: readonly [
  what: string,
  fetched: unknown,
  change: (data: never) => unknown,
  shown: unknown,
][] = [
  ["a number", 1, (data: number) => data + 1, 2],
  ["a number that becomes 0", 1, (data: number) => data - 1, 0],
  ["a 0", 0, (data: number) => data + 1, 1],
  ["a text", "a", (data: string) => `${data}!`, "a!"],
  ["a text that becomes empty", "ab", (data: string) => data.slice(2), ""],
  ["an empty text", "", (data: string) => `${data}!`, "!"],
  ["true", true, (data: boolean) => !data, false],
  ["false", false, (data: boolean) => !data, true],
  ["null", null, (data: unknown) => [data], [null]],
  ["an object", { n: 1 }, ({ n }: { n: number }) => ({ n: n + 1 }), { n: 2 }],
  ["a list", [1], (data: number[]) => [...data, 0], [1, 0]],
  ["what becomes null", { n: 1 }, (data: unknown) => (data === null ? "compounded" : null), null],
  [
    "NaN",
    "no number",
    (data: unknown) => (typeof data === "number" ? "compounded" : Number(data)),
    Number.NaN,
  ],
];

describe("B-11 a transform behind a cache shows every reader the once-transformed value", () => {
  it.each(TRANSFORMS)("of %s", async (_, fetched, change, shown) => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: fetched });
    const cached = client.use([cache, transform(change)]);
    for (let read = 0; read < 10; read += 1) expect((await cached.get("items")).data).toEqual(shown);
    expect(cached.stateManager.getCache("GET items")).toMatchObject({
      state: { data: shown },
      produced: fetched,
    });
    expect(transport.requests).toHaveLength(1);
  });

  it.each(TRANSFORMS)("of %s that they fetched together", async (_, fetched, change, shown) => {
    const { client, transport, clock } = createTestBench();
    const held = transport.hold("GET items");
    const cached = client.use([cache, sharing, transform(change)]);
    const reads = Array.from({ length: 10 }, () => cached.get("items"));
    await clock.advance(0);
    held[0]?.reply({ data: fetched });
    const all = [...(await Promise.all(reads)), await cached.get("items")];
    expect(all.map(({ data }) => data)).toEqual(Array.from({ length: 11 }, () => shown));
    expect(transport.requests).toHaveLength(1);
  });

  it("where the transform changes nothing", async () => {
    const { client, transport } = createTestBench();
    const data = { id: 1 };
    transport.reply("GET items", { data });
    const cached = client.use([cache, transform((same) => same)]);
    await cached.get("items");
    expect((await cached.get("items")).data).toBe(data);
  });

  it("with a refetch in between", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 }).reply("GET items", { data: 10 });
    const cached = client.use([cache, plusOne]);
    const read = async (forceRefetch = false) => (await cached.get("items", { forceRefetch })).data;
    expect([await read(), await read(), await read(true), await read(), await read()]).toEqual([
      2, 2, 11, 11, 11,
    ]);
  });

  it("where the refetch brings exactly what the entry shows", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 }).reply("GET items", { data: 2 });
    const cached = client.use([cache, plusOne]);
    await cached.get("items");
    expect((await cached.get("items", { forceRefetch: true })).data).toBe(3);
    expect((await cached.get("items")).data).toBe(3);
  });

  it("where that refetch comes back through a plugin that builds its response anew", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 }).reply("GET items", { data: 2 });
    const cached = client.use([cache, rebuilding, plusOne]);
    await cached.get("items");
    expect((await cached.get("items", { forceRefetch: true })).data).toBe(3);
  });

  it("where those who join that refetch get its response built anew", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const held = transport.hold("GET items");
    const cached = client.use([rebuilding, sharing, plusOne]);
    await cached.get("items");
    const both = [cached.get("items"), cached.get("items")];
    await clock.advance(0);
    held[0]?.reply({ data: 2 });
    expect((await Promise.all(both)).map(({ data }) => data)).toEqual([3, 3]);
  });

  it("where the one who started that refetch has left", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const held = transport.hold("GET items");
    const cached = client.use([rebuilding, sharing, plusOne]);
    await cached.get("items");
    const controller = new AbortController();
    const left = cached.get("items", { signal: controller.signal });
    const joined = cached.get("items");
    await clock.advance(0);
    controller.abort();
    held[0]?.reply({ data: 2 });
    expect((await left).error?.status).toBe(0);
    expect((await joined).data).toBe(3);
  });

  it("where a plugin hands out the response of another request", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const held = transport.hold("GET items");
    let shared: Promise<PluginResponse> | undefined;
    const handingOut: ClientPlugin = {
      name: "handing-out",
      async middleware(context, next) {
        if (!context.forceRefetch) return next();
        if (shared) return shared;
        shared = next();
        // The request that it is handed to settles first.
        for (let tick = 0; tick < 10; tick += 1) await shared;
        return shared;
      },
    };
    const cached = client.use([handingOut, plusOne]);
    await cached.get("items");
    const both = [cached.get("items", { forceRefetch: true }), cached.get("items", { forceRefetch: true })];
    await clock.advance(0);
    held[0]?.reply({ data: 2 });
    expect((await Promise.all(both)).map(({ data }) => data)).toEqual([3, 3]);
  });

  it("where a plugin writes other data into the state", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const cached = client.use([cache, transform(({ n }: { n: number }) => ({ n: n + 1 }))]);
    cached.stateManager.setCache("GET items", { state: { data: { n: 5 } } });
    // What is written is what was produced: it has been through no hook yet.
    expect((await cached.get("items")).data).toEqual({ n: 6 });
    expect((await cached.get("items")).data).toEqual({ n: 6 });
  });

  it("where the data is served because the fetch has failed", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 }).reply("GET items", { status: 503 });
    const fallback: ClientPlugin = {
      name: "fallback",
      async middleware(context, next) {
        const response = await next();
        const entry = context.stateManager.getCache(context.queryKey);
        return isFailure(response) && entry ? { data: entry.state.data, status: 200 } : response;
      },
    };
    const cached = client.use([fallback, plusOne]);
    for (let read = 0; read < 4; read += 1) expect((await cached.get("items")).data).toBe(2);
  });

  it("where a hook changes the response that it is given", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const mutating: ClientPlugin = {
      name: "mutating",
      afterResponse(_, response) {
        (response as { data: number }).data += 1;
      },
    };
    const cached = client.use([cache, mutating, { ...plusOne, name: "later" }]);
    for (let read = 0; read < 4; read += 1) expect((await cached.get("items")).data).toBe(3);
    expect(cached.stateManager.getCache("GET items")?.produced).toBe(1);
  });
});
