import type { ClientPlugin } from "@x/client";
import { createTestBench, flushMicrotasks, type Reply } from "@x/client/testing";
import { describe, expect, it, vi } from "vitest";
import { optimistic, type OptimisticUpdate } from "./index.ts";
import { add, withPosts } from "./test-support/with-posts.ts";

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

  it("that was confirmed leaves nothing behind when its data is forgotten", async () => {
    const { write, client } = await withPosts();
    const removed: string[] = [];
    const { addView } = client.stateManager;
    vi.spyOn(client.stateManager, "addView").mockImplementation((key, view) => {
      const placed = addView(key, view);
      const remove = () => {
        removed.push(key);
        placed.remove();
      };
      return { ...placed, remove };
    });
    const { end } = await write(add("new"));
    await end();
    expect(removed).toEqual([]);
    client.stateManager.deleteCache("GET posts");
    expect(removed).toEqual(["GET posts"]);
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
