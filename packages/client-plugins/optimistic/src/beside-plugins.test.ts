import type { ClientPlugin } from "@x/client";
import { describe, expect, it } from "vitest";
import { add, withPosts } from "./test-support/with-posts.ts";

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
