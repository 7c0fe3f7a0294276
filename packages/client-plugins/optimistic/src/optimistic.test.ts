import type { ClientPlugin } from "@x/client";
import { createTestBench, flushMicrotasks, type Reply } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { optimistic, type OptimisticUpdate } from "./index.ts";

const add = (title: string): OptimisticUpdate => ({
  path: "posts",
  update: (posts: string[], saved?: string) => [...posts, saved ?? title],
});

/** A client that has read `posts`, and writes that wait for the test. */
async function withPosts(plugins: readonly ClientPlugin[] = []) {
  const bench = createTestBench();
  bench.transport.reply("GET posts", { data: ["old"] });
  const held = bench.transport.hold("POST posts");
  const client = bench.client.use([optimistic(), ...plugins]);
  const observer = client.observe("posts");
  observer.mount();
  await flushMicrotasks();
  /** Sends a write, and gives what answers it. */
  const write = async (...updates: OptimisticUpdate[]) => {
    const controller = new AbortController();
    const response = client.post("posts", { optimistic: updates, signal: controller.signal });
    await flushMicrotasks();
    const request = held.at(-1);
    const end = async (reply: Reply = { status: 201 }) => {
      request?.reply(reply);
      await flushMicrotasks();
      return response;
    };
    return { response, end, abort: () => controller.abort() };
  };
  return { ...bench, client, observer, write, shown: () => observer.getSnapshot() };
}

describe("an optimistic update", () => {
  it("B-36: is shown before the fetch resolves, and stays when it has", async () => {
    const { write, shown, transport } = await withPosts();
    const { end } = await write(add("new"));
    expect(shown()).toMatchObject({ data: ["old", "new"], meta: { isOptimistic: true } });
    await end();
    expect(shown()).toMatchObject({ data: ["old", "new"], meta: { isOptimistic: false } });
    expect(transport.requests.map(({ method }) => method)).toEqual(["GET", "POST"]);
  });

  it("is made anew with what the server has answered", async () => {
    const { write, shown } = await withPosts();
    const { end } = await write(add("draft"));
    expect(shown().data).toEqual(["old", "draft"]);
    await end({ status: 201, data: "saved" });
    expect(shown().data).toEqual(["old", "saved"]);
  });

  it.each<[string, Reply]>([
    ["an error", { status: 409 }],
    ["an error without a body", { status: 500, data: null }],
    ["no response at all", new Error("offline")],
  ])("B-36: is rolled back on %s", async (_, reply) => {
    const { write, shown } = await withPosts();
    const { end } = await write(add("new"));
    const response = await end(reply);
    expect(response.error).toBeDefined();
    expect(shown()).toMatchObject({ data: ["old"], meta: { isOptimistic: false } });
  });

  it("B-36: is rolled back on abort", async () => {
    const { write, shown } = await withPosts();
    const { response, abort } = await write(add("new"));
    abort();
    expect((await response).aborted).toBe(true);
    expect(shown()).toMatchObject({ data: ["old"], meta: { isOptimistic: false } });
  });

  it("B-36: is rolled back on a throw, before the request was sent or after", async () => {
    for (const throwsFirst of [true, false]) {
      const throwing: ClientPlugin = {
        name: "test:throwing",
        operations: ["write"],
        async middleware(_, next) {
          if (!throwsFirst) await next();
          throw new Error("no");
        },
      };
      const { write, shown } = await withPosts([throwing]);
      const { end } = await write(add("new"));
      expect(shown().data).toEqual(throwsFirst ? ["old"] : ["old", "new"]);
      expect((await end()).error?.code).toBe("PLUGIN_THREW");
      expect(shown()).toMatchObject({ data: ["old"], meta: { isOptimistic: false } });
    }
  });

  it("B-36: with several targets on one key rolls back fully", async () => {
    const { write, shown } = await withPosts();
    const { end } = await write(add("a"), add("b"), { tags: "posts", update: () => ["all"] }, add("c"));
    expect(shown().data).toEqual(["all", "c"]);
    await end({ status: 500 });
    expect(shown()).toMatchObject({ data: ["old"], meta: { isOptimistic: false } });
  });

  it("B-36: that fails takes back only its own change", async () => {
    const { write, shown } = await withPosts();
    const first = await write(add("first"));
    const second = await write(add("second"));
    expect(shown().data).toEqual(["old", "first", "second"]);
    await first.end({ status: 500 });
    expect(shown()).toMatchObject({ data: ["old", "second"], meta: { isOptimistic: true } });
    await second.end();
    expect(shown()).toMatchObject({ data: ["old", "second"], meta: { isOptimistic: false } });
  });

  it("B-36: that fails after a later one was confirmed leaves that one", async () => {
    const { write, shown } = await withPosts();
    const first = await write(add("first"));
    const second = await write(add("second"));
    await second.end();
    expect(shown()).toMatchObject({ data: ["old", "first", "second"], meta: { isOptimistic: true } });
    await first.end({ status: 500 });
    expect(shown()).toMatchObject({ data: ["old", "second"], meta: { isOptimistic: false } });
  });

  it("goes with the state that is cleared, and comes back neither at its end nor with new data", async () => {
    const { write, shown, client, observer } = await withPosts();
    const { end } = await write(add("former user's"));
    client.stateManager.clear();
    await observer.refetch();
    expect(shown().data).toEqual(["old"]);
    const later = await write(add("new user's"));
    expect(shown().data).toEqual(["old", "new user's"]);
    await end();
    expect(shown().data).toEqual(["old", "new user's"]);
    await later.end();
    expect(shown().data).toEqual(["old", "new user's"]);
  });

  it("survives that its data is forgotten and read again", async () => {
    const { write, shown, client, observer } = await withPosts();
    const { end } = await write(add("new"));
    client.stateManager.deleteCache("GET posts");
    expect(shown().data).toBeUndefined();
    await observer.refetch();
    expect(shown().data).toEqual(["old", "new"]);
    await end({ status: 500 });
    expect(shown().data).toEqual(["old"]);
  });

  it("that throws is reported once, and shows and fails nothing", async () => {
    const { write, shown, reported, observer } = await withPosts();
    const broken: OptimisticUpdate = {
      path: "posts",
      update: () => {
        throw new Error("no list");
      },
    };
    const { end } = await write(broken, add("new"));
    await observer.refetch();
    expect(shown().data).toEqual(["old", "new"]);
    expect((await end()).error).toBeUndefined();
    expect(reported.map(({ code, plugin }) => [code, plugin])).toEqual([["UPDATE_THREW", "optimistic"]]);
  });
});

describe("what an update is for", () => {
  async function reading(...paths: [path: string, query?: object][]) {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: ["old"] }).reply("GET posts/1", { data: "one" });
    const held = bench.transport.hold("POST posts");
    const client = bench.client.use([optimistic()]);
    for (const [path, query] of paths) await client.get(path, query ? { query } : {});
    const data = (path: string, query?: object) =>
      client.stateManager.getCache(client.queryKeyOf(path, query ? { query } : {}))?.state.data;
    return { ...bench, client, held, data };
  }

  it("is one read by its path, params and query", async () => {
    const { client, data } = await reading(["posts"], ["posts", { page: 2 }], ["posts/1"]);
    void client.post("posts", {
      optimistic: [
        { path: "posts", query: { page: 2 }, update: () => "page 2" },
        { path: "posts/:id", params: { id: 1 }, update: () => "post 1" },
      ],
    });
    await flushMicrotasks();
    expect([data("posts"), data("posts", { page: 2 }), data("posts/1")]).toEqual([
      ["old"],
      "page 2",
      "post 1",
    ]);
  });

  it("is all that is known of tags", async () => {
    const { client, data } = await reading(["posts"], ["posts", { page: 2 }], ["posts/1"]);
    void client.post("posts", { optimistic: { tags: "posts", update: () => "list" } });
    await flushMicrotasks();
    expect([data("posts"), data("posts", { page: 2 }), data("posts/1")]).toEqual(["list", "list", "one"]);
  });

  it("may not have been read: nothing is made up, and it is shown once it has", async () => {
    const { client, data, held } = await reading();
    const written = client.post("posts", { optimistic: add("new") });
    await flushMicrotasks();
    expect(data("posts")).toBeUndefined();
    // The caller gets what the server said.
    expect((await client.get("posts")).data).toEqual(["old"]);
    expect(data("posts")).toEqual(["old", "new"]);
    held[0]?.reply({ status: 500 });
    await written;
    expect(data("posts")).toEqual(["old"]);
  });

  it("is nothing, for a write without the option", async () => {
    const { client, data, held } = await reading(["posts"]);
    const entry = client.stateManager.getCache("GET posts");
    const written = client.post("posts");
    await flushMicrotasks();
    held[0]?.reply({ status: 201 });
    await written;
    expect(data("posts")).toEqual(["old"]);
    expect(client.stateManager.getCache("GET posts")).toBe(entry);
  });
});

describe("beside other plugins", () => {
  it("keeps the invalidation plugin from marking stale what has been updated", async () => {
    const disabled: unknown[] = [];
    const invalidation: ClientPlugin = {
      name: "invalidation",
      operations: ["write"],
      internal: ({ path }) => ({ disableAutoInvalidate: () => disabled.push(path) }),
    };
    const { client, write } = await withPosts([invalidation]);
    void client.post("posts");
    await write(add("new"));
    expect(disabled).toEqual(["posts"]);
  });

  it("is shown once through all attempts of a retry", async () => {
    const retry: ClientPlugin = {
      name: "retry",
      repeatable: true,
      async middleware(_, next) {
        const response = await next();
        return response.status === 503 ? next() : response;
      },
    };
    const { client, transport, observer } = await withPosts([retry]);
    transport.reply("PUT posts", { status: 503 }).reply("PUT posts", { status: 200 });
    const seen: unknown[] = [];
    observer.subscribe(() => seen.push(observer.getSnapshot().data));
    await client.put("posts", { optimistic: add("new") });
    expect(seen.every((data) => JSON.stringify(data) === '["old","new"]')).toBe(true);
    expect(observer.getSnapshot().data).toEqual(["old", "new"]);
  });

  it("is what a cache serves, and no part of what is carried elsewhere", async () => {
    const cache: ClientPlugin = {
      name: "cache",
      operations: ["read"],
      middleware({ stateManager, queryKey }, next) {
        const entry = stateManager.getCache(queryKey);
        return entry && !entry.stale ? { data: entry.state.data, status: 200 } : next();
      },
    };
    const { client, write } = await withPosts([cache]);
    const { end } = await write(add("new"));
    expect((await client.get("posts")).data).toEqual(["old", "new"]);
    expect(client.dehydrate().entries).toMatchObject([{ state: { data: ["old"] }, stale: true }]);
    await end();
    expect((await client.get("posts")).data).toEqual(["old", "new"]);
  });
});

it("two clients with one plugin share nothing", async () => {
  const shared = optimistic();
  const benches = [createTestBench(), createTestBench()];
  const [first, second] = benches.map(({ client, transport }) => {
    transport.reply("GET posts", { data: ["old"] });
    transport.hold("POST posts");
    return client.use([shared]);
  });
  await first?.get("posts");
  await second?.get("posts");
  void first?.post("posts", { optimistic: add("new") });
  await flushMicrotasks();
  expect(second?.stateManager.getCache("GET posts")?.state.data).toEqual(["old"]);
  first?.dispose();
  second?.dispose();
});
