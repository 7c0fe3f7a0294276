import { describe, expect, it } from "vitest";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";

/** A client whose server counts what is read, by path. */
function counting() {
  const bench = createTestBench();
  const counts: Record<string, number> = {};
  for (const path of ["posts", "posts/1", "users"])
    bench.transport.reply(`GET ${path}`, () => ({ data: (counts[path] = (counts[path] ?? 0) + 1) }));
  return { ...bench, counts };
}

describe("the event refetch, by tags", () => {
  it.each([
    ["posts", { posts: 2, "posts/1": 1, users: 1 }],
    ["posts/*", { posts: 1, "posts/1": 2, users: 1 }],
    [["posts", "users"], { posts: 2, "posts/1": 1, users: 2 }],
    ["*", { posts: 2, "posts/1": 2, users: 2 }],
    [[], { posts: 1, "posts/1": 1, users: 1 }],
  ])("%j makes the mounted observers fetch that it matches, once each", async (tags, expected) => {
    const { client, counts } = counting();
    const observers = ["posts", "posts/1", "users"].map((path) => client.observe(path));
    for (const observer of observers) observer.mount();
    await flushMicrotasks();
    client.eventEmitter.emit("refetch", { tags });
    await flushMicrotasks();
    expect(counts).toEqual(expected);
  });

  it("reaches no observer that is not mounted, and none of a write", async () => {
    const { client, transport, counts } = counting();
    const unmounted = client.observe("posts");
    unmounted.mount();
    await flushMicrotasks();
    unmounted.unmount();
    const writer = client.observeRequest("posts", { method: "POST" });
    writer.mount();
    client.eventEmitter.emit("refetch", { tags: "*" });
    await flushMicrotasks();
    expect([counts, transport.requests.length]).toEqual([{ posts: 1 }, 1]);
  });

  it("reaches an observer by the tags that somebody gave its entry", async () => {
    const { client, counts } = counting();
    const observer = client.observe("posts");
    observer.mount();
    await flushMicrotasks();
    client.stateManager.setCache("GET posts", { tags: ["articles"] });
    client.eventEmitter.emit("refetch", { tags: "articles" });
    await flushMicrotasks();
    expect(counts).toEqual({ posts: 2 });
  });

  it("reaches an observer that has no data: its first read failed", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { status: 503 }).reply("GET posts", { data: 1 });
    const observer = client.observe("posts");
    observer.mount();
    await flushMicrotasks();
    expect(observer.getSnapshot().status).toBe("error");
    client.eventEmitter.emit("refetch", { tags: "posts" });
    await flushMicrotasks();
    expect(observer.getSnapshot()).toMatchObject({ status: "success", data: 1 });
  });

  it("B-24: reaches an observer whose first read is under way, and its older answer is not kept", async () => {
    const { client, transport } = createTestBench();
    const held = transport.hold("GET posts");
    const observer = client.observe("posts");
    observer.mount();
    await flushMicrotasks();
    client.stateManager.markStale("posts");
    client.eventEmitter.emit("refetch", { tags: "posts" });
    await flushMicrotasks();
    held[1]?.reply({ data: "after" });
    await flushMicrotasks();
    held[0]?.reply({ data: "before" });
    await flushMicrotasks();
    expect(observer.getSnapshot()).toMatchObject({ data: "after", stale: false, fetching: false });
  });
});
