import { describe, expect, it } from "vitest";
import {
  followPosts,
  noteHooks,
  pageIn,
  pageOf,
  postPage,
  servePosts,
  type PostsApi,
} from "../test-support/paged-posts.ts";
import { createTestBench } from "../testing/index.ts";
import { createPages } from "./index.ts";

describe("observers with the same first page", () => {
  it("share one list", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    servePosts(transport, { delayMs: 5 });
    const first = followPosts(client);
    const second = followPosts(client);
    first.mount();
    second.mount();
    await clock.advance(5);
    expect(transport.requests).toHaveLength(1);
    void first.fetchNext();
    expect(second.getSnapshot()).toMatchObject({ fetchingNext: true });
    await clock.advance(5);
    expect(second.getSnapshot()).toBe(first.getSnapshot());
    expect(second.getSnapshot().pageParams).toEqual([1, 2]);
    first.unmount();
    void second.fetchNext();
    await clock.advance(5);
    expect(second.getSnapshot().pageParams).toEqual([1, 2, 3]);
  });

  it("of another client share nothing with it", async () => {
    const benches = [createTestBench<PostsApi>(), createTestBench<PostsApi>()];
    for (const { transport } of benches) servePosts(transport);
    const [first, second] = benches.map(({ client }) => followPosts(client));
    await first?.fetchNext();
    expect(second?.getSnapshot().pages).toEqual([]);
  });

  it("are one to the plugins: mounted with the first, unmounted with the last", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    servePosts(transport);
    const log: string[] = [];
    const withHooks = client.use([noteHooks(log)]);
    const first = followPosts(withHooks);
    const second = followPosts(withHooks);
    first.mount();
    await clock.advance(0);
    second.mount();
    await clock.advance(0);
    await first.fetchNext();
    first.unmount();
    first.unmount();
    second.unmount();
    expect(log.filter((hook) => !hook.startsWith("update"))).toEqual(["mount 1", "unmount 2"]);
  });

  it("have the options of the one that was mounted last, and of the others when that is gone", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    servePosts(transport);
    const [first, second] = ["a", "b"].map((tag) =>
      createPages(client, "posts", {
        initialPageParam: 1,
        toRequest: (page) => ({ query: { page } }),
        getNextPageParam: ({ next }) => next,
        headers: { tag },
      }),
    );
    first?.mount();
    second?.mount();
    second?.unmount();
    await clock.advance(0);
    client.eventEmitter.emit("refetch", { tags: "posts" });
    await clock.advance(0);
    expect(transport.requests.map(({ headers }) => headers["tag"])).toEqual(["a", "a"]);
    second?.mount();
    await clock.advance(0);
    expect(transport.requests.at(-1)?.headers["tag"]).toBe("b");
  });

  it("are told by their own listeners, and those by none after they have stopped", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    servePosts(transport);
    const posts = followPosts(client);
    let told = 0;
    const stop = posts.subscribe(() => (told += 1));
    posts.mount();
    await clock.advance(0);
    expect(told).toBeGreaterThan(0);
    stop();
    stop();
    told = 0;
    await posts.fetchNext();
    expect(told).toBe(0);
  });

  it("do not hear of a listener that throws", async () => {
    const { client, transport, clock, reported } = createTestBench<PostsApi>();
    servePosts(transport);
    const posts = followPosts(client);
    const cause = new Error("thrown by a listener");
    posts.subscribe(() => {
      throw cause;
    });
    let told = 0;
    posts.subscribe(() => (told += 1));
    posts.mount();
    await clock.advance(0);
    expect(told).toBeGreaterThan(0);
    expect(reported[0]).toMatchObject({ code: "LISTENER_THREW", cause });
  });
});

describe("lifecycle", () => {
  it("onUpdate sees the previous options, cleanups go on with the new context", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    servePosts(transport);
    const seen: unknown[] = [];
    const cleaned: string[] = [];
    const withHooks = client.use([
      {
        name: "test:watching",
        operations: ["pages"],
        middleware(context, next) {
          context.onCleanup(() => cleaned.push(context.queryKey));
          return next();
        },
        lifecycle: {
          onUpdate: (context, previous) =>
            void seen.push([previous.request.headers["tag"], context.request.headers["tag"]]),
        },
      },
    ]);
    const optionsWith = (tag: string) => ({
      initialPageParam: 1,
      toRequest: (page: number) => ({ query: { page } }),
      getNextPageParam: ({ next }: { next?: number | undefined }) => next,
      headers: { tag },
    });
    const posts = createPages(withHooks, "posts", optionsWith("a"));
    posts.mount();
    await clock.advance(0);
    posts.update(optionsWith("b"));
    expect(seen).toEqual([["a", "b"]]);
    expect(cleaned).toEqual([]);
    await posts.fetchNext();
    expect(transport.requests.at(-1)?.headers["tag"]).toBe("b");
    posts.unmount();
    expect(cleaned.toSorted()).toEqual(['GET posts?{"page":1}', 'GET posts?{"page":2}']);
  });

  it("cleans up after a page when it is fetched again, and when it leaves the list", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    servePosts(transport);
    const cleaned: number[] = [];
    const withCleanups = client.use([
      {
        name: "test:cleaning",
        operations: ["pages"],
        middleware(context, next) {
          context.onCleanup(() => cleaned.push(pageIn(context)));
          return next();
        },
      },
    ]);
    const posts = followPosts(withCleanups, { maxPages: 2 });
    posts.mount();
    await clock.advance(0);
    await posts.fetchNext();
    expect(cleaned.splice(0)).toEqual([]);
    await posts.fetchNext();
    expect(cleaned.splice(0)).toEqual([1]);
    await posts.refetch();
    expect(cleaned.splice(0)).toEqual([2, 3]);
    posts.unmount();
    expect(cleaned.toSorted()).toEqual([2, 3]);
  });
});

describe("another first page", () => {
  it("is another list", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    servePosts(transport);
    const optionsFor = (tag: string) => ({
      initialPageParam: 1,
      toRequest: (page: number) => ({ query: { page, tag } }),
      getNextPageParam: ({ next }: { next?: number | undefined }) => next,
    });
    const log: string[] = [];
    const posts = createPages(client.use([noteHooks(log)]), "posts", optionsFor("a"));
    let told = 0;
    posts.subscribe(() => (told += 1));
    posts.mount();
    await clock.advance(0);
    await posts.fetchNext();
    told = 0;
    posts.update(optionsFor("b"));
    expect(posts.getSnapshot()).toMatchObject({ pages: [], status: "pending" });
    expect(told).toBeGreaterThan(0);
    await clock.advance(0);
    expect(posts.getSnapshot().pageParams).toEqual([1]);
    // Back again: all of its pages are still there.
    posts.update(optionsFor("a"));
    expect(posts.getSnapshot()).toMatchObject({ pageParams: [1, 2], fetching: true });
    await clock.advance(0);
    posts.unmount();
    expect(log).toEqual(["mount 1", "mount 1", "unmount 2", "mount 1", "unmount 1", "unmount 2"]);
  });

  it("of many is remembered for the latest of them", async () => {
    const { client, transport } = createTestBench<PostsApi>();
    servePosts(transport, { last: 1_000 });
    for (let from = 10; from <= 600; from += 10) {
      const posts = followPosts(client, { from });
      await posts.fetchNext();
      await posts.fetchNext();
    }
    expect(followPosts(client, { from: 600 }).getSnapshot().pageParams).toEqual([600, 601]);
    // What is known of its first page is shown, as that is the client's state.
    expect(followPosts(client, { from: 10 }).getSnapshot().pageParams).toEqual([10]);
  });
});

describe("a list that comes back", () => {
  it("shows all of its pages, and asks for each again", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    let version = 1;
    servePosts(transport, { version: () => version });
    const posts = followPosts(client);
    posts.mount();
    await posts.fetchNext();
    await posts.fetchNext();
    posts.unmount();
    version = 2;
    const again = followPosts(client);
    expect(again.getSnapshot().pages).toEqual([postPage(1), postPage(2)]);
    again.mount();
    await clock.advance(0);
    expect(again.getSnapshot().pages).toEqual([postPage(1, 5, 2), postPage(2, 5, 2)]);
  });

  it("ends where the client has forgotten a page", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    servePosts(transport);
    const posts = followPosts(client);
    posts.mount();
    await posts.fetchNext();
    await posts.fetchNext();
    await posts.fetchNext();
    posts.unmount();
    client.stateManager.deleteCache('GET posts?{"page":2}');
    posts.mount();
    expect(posts.getSnapshot().pageParams).toEqual([1]);
    await clock.advance(0);
    expect(transport.requests.map(({ url }) => pageOf(url))).toEqual([1, 2, 3, 1]);
  });
});
