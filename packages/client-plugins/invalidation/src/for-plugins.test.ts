import { definePlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { invalidation } from "./index.ts";
import { filled } from "./test-support/filled.ts";

describe("plugins.get", () => {
  /** Disables invalidation for the writes that carry a header. */
  const silencing = definePlugin()({
    name: "test:silencing",
    operations: ["write"],
    dependencies: ["invalidation"],
    middleware(context, next) {
      if (context.request.headers["x-silent"]) context.plugins.get("invalidation").disableAutoInvalidate();
      return next();
    },
  });
  const silent = { headers: { "x-silent": "yes" } };

  it("B-15: disableAutoInvalidate is for that request, and not for the same observer's next", async () => {
    const { client, stale } = await filled({}, [silencing]);
    const observer = client.observeRequest("posts", { method: "POST" });
    observer.mount();
    await observer.send(silent);
    expect(stale()).toEqual([]);
    await observer.send();
    expect(stale()).toEqual(["posts", "posts/1", "posts/1/comments"]);
    observer.unmount();
  });

  it("B-15: nor for another that is under way", async () => {
    const { client, stale } = await filled({}, [silencing]);
    await Promise.all([client.post("users", silent), client.post("postscript")]);
    expect(stale()).toEqual(["postscript"]);
  });

  it("B-35: the caller's invalidate holds nevertheless", async () => {
    const { client, stale } = await filled({}, [silencing]);
    await client.post("posts", { ...silent, invalidate: "users" });
    expect(stale()).toEqual(["users"]);
  });

  /** Knows what a write changes by its answer. */
  const knowing = definePlugin()({
    name: "test:knowing",
    operations: ["write"],
    dependencies: ["invalidation"],
    async middleware(context, next) {
      const response = await next();
      const { writes } = response.headers ?? {};
      if (writes !== undefined) context.plugins.get("invalidation").setPatterns(writes.split(" "));
      return response;
    },
  });

  it("setPatterns takes the place of what follows from the path, for that write alone", async () => {
    const { client, transport, stale } = await filled({}, [knowing]);
    transport.reply("POST known", { data: "done", headers: { writes: "users posts/1" } });
    await client.post("known", { tags: ["postscript"] });
    expect(stale()).toEqual(["posts/1", "users"]);
    await client.post("postscript");
    expect(stale()).toEqual(["posts/1", "postscript", "users"]);
  });

  it("setPatterns takes the place of the plugin's own default, and of the caller's invalidate it does not", async () => {
    const { client, transport, stale } = await filled({ invalidate: false }, [knowing]);
    transport.reply("POST known", { data: "done", headers: { writes: "users" } });
    await client.post("known", { invalidate: "postscript" });
    expect(stale()).toEqual(["postscript"]);
    await client.post("known", { invalidate: false });
    expect(stale()).toEqual(["postscript"]);
    await client.post("known");
    expect(stale()).toEqual(["postscript", "users"]);
  });

  it("setPatterns marks also where another plugin has changed the state itself, and only what it was given", async () => {
    const { client, transport, stale } = await filled({}, [knowing, silencing]);
    transport.reply("POST posts/7", { data: "done", headers: { writes: "users" } });
    await client.post("posts/7", { ...silent, invalidate: false });
    expect(stale()).toEqual([]);
    await client.post("posts/7", silent);
    expect(stale()).toEqual(["users"]);
  });

  it("setPatterns marks nothing where the write failed", async () => {
    const { client, transport, stale } = await filled({}, [knowing]);
    transport.reply("POST unknown", { status: 500, headers: { writes: "users" } });
    await client.post("unknown");
    expect(stale()).toEqual([]);
  });

  it("tells other plugins what a write changes, also where it leaves the entries fresh", async () => {
    const seen: unknown[] = [];
    const asking = definePlugin()({
      name: "test:asking",
      dependencies: ["invalidation"],
      middleware(context, next) {
        seen.push(context.plugins.get("invalidation").patterns());
        return next();
      },
    });
    const { client } = await filled({}, [silencing, asking]);
    await client.post("posts/1/comments");
    await client.post("posts", silent);
    await client.post("posts", { invalidate: "users" });
    await client.post("posts", { invalidate: ["a", "b"] });
    await client.post("posts", { invalidate: false });
    expect(seen.slice(-5)).toEqual([["posts", "posts/*"], ["posts", "posts/*"], ["users"], ["a", "b"], []]);
  });

  it("gives invalidate to other plugins, in requests and outside of them", async () => {
    const pushed = definePlugin<{ methods: { onPush(tag: string): void } }>()({
      name: "test:push",
      dependencies: ["invalidation"],
      api: ({ plugins }) => ({ onPush: (tag) => plugins.get("invalidation").invalidate(tag) }),
    });
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: 1 });
    const client = bench.client.use([pushed, invalidation()]);
    await client.get("posts");
    client.onPush("posts");
    expect(client.stateManager.getCache("GET posts")?.stale).toBe(true);
    expect(bench.reported).toEqual([]);
  });
});
