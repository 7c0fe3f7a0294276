import { describe, expect, it } from "vitest";
import { definePlugin } from "../plugin/define-plugin.ts";
import { isFailure } from "./response.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";

/** A bench whose reads of `posts` wait for the test. */
function heldBench() {
  const bench = createTestBench();
  const held = bench.transport.hold("GET posts");
  const entry = () => bench.client.stateManager.getCache("GET posts");
  return { ...bench, held, entry };
}

/** Reads that are under way together share a fetch, as a deduplication does. */
const share = definePlugin()({
  name: "test:share",
  operations: ["read"],
  middleware({ request, queryKey }, next) {
    request.shareKey = queryKey;
    return next();
  },
});

/** A write that succeeds marks what has its tags, as an invalidation does. */
const invalidate = definePlugin()({
  name: "test:invalidate",
  operations: ["write"],
  afterResponse({ stateManager, tags }, response) {
    if (!isFailure(response)) stateManager.markStale(tags);
  },
});

describe("B-17 a plugin that waits before next()", () => {
  const patient = definePlugin()({
    name: "test:patient",
    priority: -1,
    async middleware({ clock }, next) {
      await new Promise<void>((resolve) => clock.schedule(resolve, 10));
      return next();
    },
  });

  it.each([
    { where: "alone", others: [], fetches: 2 },
    { where: "outside deduplication", others: [share], fetches: 1 },
  ])("$where does not make a read wait for itself", async ({ others, fetches }) => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET posts", { data: "here" }, { delayMs: 5 });
    const waiting = client.use([patient, ...others]);
    const both = Promise.all([waiting.get("posts"), waiting.get("posts")]);
    await clock.advance(15);
    expect((await both).map(({ data }) => data)).toEqual(["here", "here"]);
    expect(transport.requests).toHaveLength(fetches);
  });
});

describe("B-18 a chain that failed once does not poison its key", () => {
  it.each([
    ["by a status", { status: 500 }],
    ["by no response", new Error("network down")],
  ])("%s, for all that shared it: the next call fetches", async (_how, failure) => {
    const { client: bare, transport } = createTestBench();
    const client = bare.use([share]);
    transport.reply("GET posts", failure).reply("GET posts", { data: "back" });
    const failed = await Promise.all([client.get("posts"), client.get("posts")]);
    expect(failed.map(({ error }) => error !== undefined)).toEqual([true, true]);
    expect((await client.get("posts")).data).toBe("back");
    expect(client.stateManager.getCache("GET posts")).toMatchObject({
      state: { data: "back" },
      stale: false,
    });
  });

  it("by a plugin that throws: the next call fetches", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { data: "back" });
    let failures = 1;
    const fragile = definePlugin()({
      name: "test:fragile",
      middleware(_context, next) {
        if (failures > 0) throw new Error(`${(failures -= 1)} to go`);
        return next();
      },
    });
    const failing = client.use([fragile, share]);
    expect((await failing.get("posts")).error?.code).toBe("PLUGIN_THREW");
    expect((await failing.get("posts")).data).toBe("back");
  });
});

describe("B-19 of two requests on one key", () => {
  it.each([
    ["fails", { status: 500 }],
    ["answers", { data: "first" }],
  ])("one that %s leaves the other registered: an invalidation still reaches it", async (_how, reply) => {
    const { client, held, entry } = heldBench();
    const first = client.get("posts");
    const second = client.get("posts");
    await flushMicrotasks();
    held[0]?.reply(reply);
    await first;
    client.stateManager.markStale("posts");
    held[1]?.reply({ data: "second" });
    await second;
    expect(entry()).toMatchObject({ state: { data: "second" }, stale: true });
  });
});

describe("B-20 responses out of order", () => {
  it("leave the latest request's data in the state, and each caller its own", async () => {
    const { client, held, entry } = heldBench();
    const older = client.get("posts");
    const newer = client.get("posts");
    await flushMicrotasks();
    held[1]?.reply({ data: "newer" });
    await newer;
    held[0]?.reply({ data: "older" });
    expect((await older).data).toBe("older");
    expect(entry()).toMatchObject({ state: { data: "newer" }, stale: false });
  });

  it("an older answer that comes first is shown, stale, until the newer one comes", async () => {
    const { client, held, entry } = heldBench();
    const older = client.get("posts");
    const newer = client.get("posts");
    await flushMicrotasks();
    held[0]?.reply({ data: "older" });
    await older;
    expect(entry()).toMatchObject({ state: { data: "older" }, stale: true });
    held[1]?.reply({ data: "newer" });
    await newer;
    expect(entry()).toMatchObject({ state: { data: "newer" }, stale: false });
  });

  it("count by when requests were made, not by when plugins let them go", async () => {
    const { client, held, entry, clock } = heldBench();
    const delay = definePlugin<{ options: { waitMs?: number } }>()({
      name: "test:delay",
      async middleware({ clock: time, pluginOptions }, next) {
        await new Promise<void>((resolve) => time.schedule(resolve, pluginOptions?.waitMs ?? 0));
        return next();
      },
    });
    const delayed = client.use([delay]);
    const older = delayed.get("posts", { waitMs: 20 });
    const newer = delayed.get("posts", { waitMs: 10 });
    await clock.advance(20);
    held[0]?.reply({ data: "newer" });
    held[1]?.reply({ data: "older" });
    expect([(await older).data, (await newer).data]).toEqual(["older", "newer"]);
    expect(delayed.stateManager.getCache("GET posts")?.state.data).toBe("newer");
    expect(entry()).toBeUndefined();
  });
});

describe("B-22 two calls in one tick", () => {
  it("with different options each use their own", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", ({ url, headers, responseType }) => ({
      data: [url, headers["x-n"], responseType],
    }));
    const seen: unknown[] = [];
    const record = definePlugin<{ options: { label?: string } }>()({
      name: "test:record",
      async middleware({ pluginOptions }, next) {
        await Promise.resolve();
        const response = await next();
        seen.push(pluginOptions?.label);
        return response;
      },
    });
    const labelled = client.use([record]);
    const [one, two] = await Promise.all([
      labelled.get("posts", { query: { n: 1 }, headers: { "x-n": "1" }, label: "one", responseType: "text" }),
      labelled.get("posts", { query: { n: 2 }, headers: { "x-n": "2" }, label: "two" }),
    ]);
    expect(one.data).toEqual(["posts?n=1", "1", "text"]);
    expect(two.data).toEqual(["posts?n=2", "2", undefined]);
    expect(seen).toEqual(["one", "two"]);
    expect(labelled.stateManager.size).toBe(2);
  });
});

describe("B-24 a write that finishes while a read is under way", () => {
  it("its refetch does not join the older read, whose answer is not stored as fresh", async () => {
    const { client: bare, transport, held } = heldBench();
    transport.reply("POST posts", { data: { id: 2 } });
    const client = bare.use([share, invalidate]);
    const before = client.get("posts");
    await flushMicrotasks();
    await client.post("posts");
    const after = client.get("posts");
    await flushMicrotasks();
    expect(transport.requests.map(({ method }) => method)).toEqual(["GET", "POST", "GET"]);

    held[0]?.reply({ data: "of before" });
    expect((await before).data).toBe("of before");
    expect(client.stateManager.getCache("GET posts")).toMatchObject({
      state: { data: "of before" },
      stale: true,
    });
    held[1]?.reply({ data: "of after" });
    expect((await after).data).toBe("of after");
    expect(client.stateManager.getCache("GET posts")).toMatchObject({
      state: { data: "of after" },
      stale: false,
    });
  });

  it("and the other way round, when the refetch is answered first", async () => {
    const { client: bare, transport, held } = heldBench();
    transport.reply("POST posts", {});
    const client = bare.use([share, invalidate]);
    const before = client.get("posts");
    await flushMicrotasks();
    await client.post("posts");
    const after = client.get("posts");
    await flushMicrotasks();
    held[1]?.reply({ data: "of after" });
    await after;
    held[0]?.reply({ data: "of before" });
    await before;
    expect(client.stateManager.getCache("GET posts")).toMatchObject({
      state: { data: "of after" },
      stale: false,
    });
  });
});

describe("B-25 a 500 whose body is null", () => {
  it("neither invalidates", async () => {
    const { client: bare, transport } = createTestBench();
    transport.reply("GET posts", { data: 1 }).reply("POST posts", { status: 500, data: null });
    const client = bare.use([invalidate]);
    await client.get("posts");
    const { error } = await client.post("posts");
    expect(error).toMatchObject({ code: "HTTP_ERROR", status: 500, body: null });
    expect(client.stateManager.getCache("GET posts")?.stale).toBe(false);
  });

  it("nor confirms: the entry keeps its data, time and stale mark", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET posts", { data: 1 }).reply("GET posts", { status: 500, data: null });
    await client.get("posts");
    client.stateManager.markStale("posts");
    const before = client.stateManager.getCache("GET posts");
    await clock.advance(10);
    expect(await client.get("posts")).toMatchObject({ data: undefined, status: 500 });
    expect(client.stateManager.getCache("GET posts")).toBe(before);
  });
});
