import type { ClientPlugin } from "@x/client";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { invalidation } from "./index.ts";
import { filled, READS } from "./test-support/filled.ts";

describe("a write that succeeds", () => {
  it("B-35: POST posts/1/comments marks posts and posts/*", async () => {
    const { client, stale } = await filled();
    await client.post("posts/:id/comments", { params: { id: 1 } });
    expect(stale()).toEqual(["posts", "posts/1", "posts/1/comments"]);
  });

  it.each(["post", "put", "patch", "delete"] as const)("marks by every method: %s", async (method) => {
    const { client, stale } = await filled();
    await client[method]("users");
    expect(stale()).toEqual(["users"]);
  });

  it("marks by its tags where the caller gave it some", async () => {
    const { client, stale } = await filled();
    await client.post("posts", { tags: ["users/7", "postscript"] });
    expect(stale()).toEqual(["postscript", "users"]);
  });

  it.each([
    ["users", ["users"]],
    [
      ["users", "posts/1/*"],
      ["posts/1/comments", "users"],
    ],
    ["*", READS],
    [[], []],
  ])("B-35: with invalidate: %j marks that alone", async (invalidate, expected) => {
    const { client, stale } = await filled();
    await client.post("posts", { invalidate });
    expect(stale()).toEqual(expected);
  });

  it("B-35: with invalidate: false marks nothing", async () => {
    const { client, stale } = await filled();
    await client.post("posts", { invalidate: false });
    expect(stale()).toEqual([]);
  });

  it("has marked before its caller is answered", async () => {
    const { client, stale } = await filled();
    const seen = client.post("users").then(stale);
    expect(await seen).toEqual(["users"]);
  });

  it("of data that is falsy is one, too", async () => {
    const { client, transport, stale } = await filled();
    transport.reply("DELETE users/7", { status: 204 });
    await client.delete("users/7");
    expect(stale()).toEqual(["users"]);
  });
});

describe("a write that fails", () => {
  it("B-35 B-25: marks nothing, though the body of its 500 is null", async () => {
    const { client, stale } = await filled();
    expect((await client.post("broken", { tags: ["posts"] })).status).toBe(500);
    await client.post("broken", { invalidate: "*" });
    expect(stale()).toEqual([]);
  });

  it("by an abort marks nothing", async () => {
    const { client, transport, stale } = await filled();
    transport.hold("POST slow");
    const controller = new AbortController();
    const pending = client.post("slow", { tags: ["posts"], signal: controller.signal });
    await flushMicrotasks();
    controller.abort();
    expect((await pending).aborted).toBe(true);
    expect(stale()).toEqual([]);
  });

  it("by a later afterResponse of another plugin marks nothing either", async () => {
    const strict: ClientPlugin = {
      name: "test:strict",
      operations: ["write"],
      afterResponse: () => ({ status: 422, error: new Error("refused") }),
    };
    const { client, stale } = await filled({}, [strict]);
    await client.post("posts");
    expect(stale()).toEqual([]);
  });
});

describe("the plugin's own invalidate", () => {
  it("of false leaves it to the writes to say", async () => {
    const { client, stale } = await filled({ invalidate: false });
    await client.post("posts");
    expect(stale()).toEqual([]);
    await client.post("posts", { invalidate: "users" });
    expect(stale()).toEqual(["users"]);
  });

  it("may be the same for all", async () => {
    const { client, stale } = await filled({ invalidate: "users" });
    await client.post("posts");
    expect(stale()).toEqual(["users"]);
  });

  it("may tell by the write", async () => {
    const { client, stale } = await filled({
      invalidate: ({ method, path, tags }) => (method === "PUT" ? [...tags, path] : false),
    });
    await client.post("posts");
    expect(stale()).toEqual([]);
    await client.put("posts/:id", { params: { id: 1 } });
    expect(stale()).toEqual(["posts/1"]);
  });
});

describe("what is mounted", () => {
  it('B-35: is fetched again by "*", and the rest is marked stale', async () => {
    const { client, transport, stale } = await filled();
    const observer = client.observe("users");
    observer.mount();
    await flushMicrotasks();
    const before = transport.requests.length;
    await client.post("posts", { invalidate: "*" });
    await flushMicrotasks();
    expect(transport.requests.slice(before).map(({ method, url }) => `${method} ${url}`)).toEqual([
      "POST posts",
      "GET users",
    ]);
    expect(stale()).toEqual(["posts", "posts/1", "posts/1/comments", "postscript"]);
    observer.unmount();
  });

  it("is fetched again by what its path follows from, past any cache", async () => {
    const { client, transport } = await filled();
    transport.reply("GET posts", { data: "newer" });
    const observer = client.observe("posts");
    observer.mount();
    await flushMicrotasks();
    await client.post("posts/:id/comments", { params: { id: 1 } });
    await flushMicrotasks();
    expect(observer.getSnapshot()).toMatchObject({ data: "newer", stale: false, fetching: false });
  });

  it("B-24: is fetched again when its first read is under way, which is not stored as fresh", async () => {
    const { client, transport } = await filled();
    const held = transport.hold("GET posts/2");
    const observer = client.observe("posts/2");
    observer.mount();
    await flushMicrotasks();
    await client.post("posts");
    await flushMicrotasks();
    expect(held).toHaveLength(2);
    held[1]?.reply({ data: "after the write" });
    await flushMicrotasks();
    held[0]?.reply({ data: "before it" });
    await flushMicrotasks();
    expect(client.stateManager.getCache("GET posts/2")).toMatchObject({
      state: { data: "after the write" },
      stale: false,
    });
  });

  it("is fetched again when its read has failed", async () => {
    const { client, transport } = await filled();
    transport.reply("GET posts/2", { status: 404 }).reply("GET posts/2", { data: "made" });
    const observer = client.observe("posts/2");
    observer.mount();
    await flushMicrotasks();
    await client.post("posts");
    await flushMicrotasks();
    expect(observer.getSnapshot()).toMatchObject({ status: "success", data: "made" });
  });

  it("is left alone by invalidate: false and by other tags", async () => {
    const { client, transport } = await filled();
    const observer = client.observe("posts");
    observer.mount();
    await flushMicrotasks();
    const before = transport.requests.length;
    await client.post("posts", { invalidate: false });
    await client.post("users");
    await flushMicrotasks();
    expect(transport.requests.slice(before).map(({ method }) => method)).toEqual(["POST", "POST"]);
  });
});

describe("client.invalidate", () => {
  it("marks stale and fetches again, without a write", async () => {
    const { client, transport, stale } = await filled();
    const observer = client.observe("users");
    observer.mount();
    await flushMicrotasks();
    const before = transport.requests.length;
    client.invalidate(["posts/*", "users"]);
    expect(stale()).toEqual(["posts/1", "posts/1/comments", "users"]);
    await flushMicrotasks();
    expect(transport.requests).toHaveLength(before + 1);
    expect(stale()).toEqual(["posts/1", "posts/1/comments"]);
  });

  it("tells by the event stale which entries it marked", async () => {
    const { client } = await filled();
    const told: unknown[] = [];
    client.eventEmitter.on("stale", ({ queryKeys }) => told.push(queryKeys));
    client.invalidate("posts/*");
    client.invalidate("nothing/like/it");
    expect(told).toEqual([["GET posts/1", "GET posts/1/comments"]]);
  });

  it("of one client leaves another alone that has the same plugin", async () => {
    const plugin = invalidation();
    const benches = [createTestBench(), createTestBench()];
    const clients = benches.map(({ client, transport }) => {
      transport.reply("GET posts", { data: 1 });
      return client.use([plugin]);
    });
    for (const client of clients) await client.get("posts");
    clients[0]?.invalidate("*");
    expect(clients.map(({ stateManager }) => stateManager.getCache("GET posts")?.stale)).toEqual([
      true,
      false,
    ]);
  });
});
