import { describe, expect, it } from "vitest";
import { followPosts, noteHooks, pageOf, servePosts, type PostsApi } from "../test-support/paged-posts.ts";
import { createTestBench } from "../testing/index.ts";

describe("another user", () => {
  it("sees nothing of the list, and what is under way for the one before never comes to it", async () => {
    let identity = "ann";
    const { client, transport, clock } = createTestBench<PostsApi>({ identity: () => identity });
    transport.reply(
      "GET posts",
      ({ url }) => ({ data: { posts: [`${identity} ${pageOf(url)}`], next: 2 } }),
      {
        delayMs: 5,
      },
    );
    const posts = followPosts(client);
    posts.mount();
    await clock.advance(5);
    void posts.fetchNext();
    identity = "bob";
    client.checkIdentity();
    expect(posts.getSnapshot()).toMatchObject({ pages: [], status: "pending", failures: [] });
    await clock.advance(5);
    expect(posts.getSnapshot()).toMatchObject({ pageParams: [1], failures: [] });
    expect(posts.getSnapshot().pages[0]?.posts).toEqual(["bob 1"]);
    identity = "ann";
    expect(posts.getSnapshot().pages).toEqual([]);
    await clock.advance(5);
    expect(posts.getSnapshot().pages[0]?.posts).toEqual(["ann 1"]);
  });
});

describe("dispose", () => {
  it("unmounts the list, and nothing can be fetched from then on", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    servePosts(transport, { delayMs: 5 });
    const log: string[] = [];
    const withHooks = client.use([noteHooks(log)]);
    const posts = followPosts(withHooks);
    posts.mount();
    await clock.advance(5);
    const adding = posts.fetchNext();
    withHooks.dispose();
    expect(log).toEqual(["mount 1", "unmount 2"]);
    await clock.advance(5);
    await adding;
    const sent = transport.requests.length;
    expect((await posts.refetch()).error).toMatchObject({ code: "CLIENT_DISPOSED" });
    posts.mount();
    expect(transport.requests).toHaveLength(sent);
    expect(clock.scheduled).toBe(0);
  });
});

describe("unmounting", () => {
  it("leaves nothing behind: no subscription, no listener of events, no cleanup that did not run", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    servePosts(transport, { delayMs: 5 });
    const posts = followPosts(client);
    posts.mount();
    await clock.advance(5);
    void posts.fetchNext();
    posts.unmount();
    await clock.advance(5);
    const sent = transport.requests.length;
    let told = 0;
    posts.subscribe(() => (told += 1));
    client.stateManager.markStale("posts");
    client.eventEmitter.emit("refetch", { tags: "posts" });
    await clock.advance(5);
    expect([told, transport.requests.length - sent]).toEqual([0, 0]);
  });
});
