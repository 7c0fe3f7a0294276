import { describe, expect, it } from "vitest";
import { followPosts, pageOf, postPage, servePosts, type PostsApi } from "../test-support/paged-posts.ts";
import { createTestBench } from "../testing/index.ts";
import { createPages } from "./index.ts";

const IDLE = {
  pages: [],
  pageParams: [],
  hasNext: false,
  hasPrevious: false,
  failures: [],
  error: undefined,
  status: "idle",
  fetching: false,
  fetchingNext: false,
  fetchingPrevious: false,
  stale: false,
  meta: {},
};

function bench(options?: Parameters<typeof followPosts>[1]) {
  const made = createTestBench<PostsApi>();
  const posts = followPosts(made.client, options);
  const asked = () => made.transport.requests.map(({ url }) => pageOf(url));
  return { ...made, posts, asked };
}

describe("a list", () => {
  it("is idle and sends nothing before it is mounted", () => {
    const { posts, transport } = bench();
    expect(posts.getSnapshot()).toEqual(IDLE);
    expect(transport.requests).toEqual([]);
  });

  it("fetches its first page when it is mounted, once however often", async () => {
    const { posts, transport, clock, asked } = bench();
    servePosts(transport, { delayMs: 5 });
    posts.mount();
    posts.mount();
    expect(posts.getSnapshot()).toEqual({ ...IDLE, status: "pending", fetching: true });
    await clock.advance(5);
    expect(posts.getSnapshot()).toEqual({
      ...IDLE,
      pages: [postPage(1)],
      pageParams: [1],
      hasNext: true,
      status: "success",
    });
    expect(asked()).toEqual([1]);
  });

  it("gives the same snapshot until something changes", async () => {
    const { posts, transport, clock } = bench();
    servePosts(transport);
    posts.mount();
    await clock.advance(0);
    expect(posts.getSnapshot()).toBe(posts.getSnapshot());
  });

  it("adds pages at its end until there is none", async () => {
    const { posts, transport, asked } = bench();
    servePosts(transport, { last: 3 });
    posts.mount();
    await posts.fetchNext();
    await posts.fetchNext();
    const snapshot = await posts.fetchNext();
    expect(snapshot).toMatchObject({ pageParams: [1, 2, 3], hasNext: false, fetching: false });
    expect(await posts.fetchNext()).toBe(snapshot);
    expect(asked()).toEqual([1, 2, 3]);
  });

  it("adds pages at its beginning until there is none", async () => {
    const { posts, transport, clock, asked } = bench({ from: 3 });
    servePosts(transport);
    posts.mount();
    await clock.advance(0);
    expect(posts.getSnapshot()).toMatchObject({ hasNext: true, hasPrevious: true });
    await posts.fetchPrevious();
    await posts.fetchNext();
    const snapshot = await posts.fetchPrevious();
    expect(snapshot).toMatchObject({ pageParams: [1, 2, 3, 4], hasPrevious: false, hasNext: true });
    await posts.fetchPrevious();
    expect(asked()).toEqual([3, 2, 4, 1]);
  });

  it("tells in which direction it fetches", async () => {
    const { posts, transport, clock } = bench({ from: 3 });
    servePosts(transport, { delayMs: 5 });
    posts.mount();
    await clock.advance(5);
    void posts.fetchNext();
    expect(posts.getSnapshot()).toMatchObject({
      fetching: true,
      fetchingNext: true,
      fetchingPrevious: false,
    });
    void posts.fetchPrevious();
    expect(posts.getSnapshot()).toMatchObject({ fetchingNext: true, fetchingPrevious: true });
    await clock.advance(5);
    expect(posts.getSnapshot()).toMatchObject({
      pageParams: [2, 3, 4],
      fetching: false,
      fetchingNext: false,
      fetchingPrevious: false,
    });
  });

  it("fetches the first page when it is asked for the next one and has none yet", async () => {
    const { posts, transport, asked } = bench();
    servePosts(transport);
    expect(await posts.fetchNext()).toMatchObject({ pageParams: [1], status: "success" });
    expect(asked()).toEqual([1]);
  });

  it("holds no more than maxPages: the other end makes room, and can be fetched again", async () => {
    const { posts, transport, asked } = bench({ from: 2, maxPages: 2 });
    servePosts(transport);
    posts.mount();
    await posts.fetchNext();
    await posts.fetchNext();
    expect(await posts.fetchNext()).toMatchObject({ pageParams: [3, 4], hasPrevious: true });
    expect(await posts.fetchPrevious()).toMatchObject({ pageParams: [2, 3], hasNext: true });
    expect(await posts.fetchPrevious()).toMatchObject({ pageParams: [1, 2], hasPrevious: false });
    expect(asked()).toEqual([2, 3, 4, 2, 1]);
    // Of those that are left one is where the list begins to fetch anew.
    expect(await posts.refetch()).toMatchObject({ pageParams: [1, 2] });
  });

  it("of one page at a time moves over the pages", async () => {
    const { posts, transport } = bench({ from: 2, maxPages: 1 });
    servePosts(transport);
    posts.mount();
    await posts.fetchNext();
    expect(await posts.fetchNext()).toMatchObject({ pageParams: [3] });
    expect(await posts.fetchPrevious()).toMatchObject({ pageParams: [2] });
    expect(await posts.fetchPrevious()).toMatchObject({ pageParams: [1] });
  });

  it("does not go round in circles when the server gives a cursor again", async () => {
    const { posts, transport, asked } = bench();
    transport.reply("GET posts", ({ url }) => ({ data: { posts: [], next: pageOf(url) === 1 ? 2 : 1 } }));
    posts.mount();
    await posts.fetchNext();
    expect(await posts.fetchNext()).toMatchObject({ pageParams: [1, 2], hasNext: false });
    expect(asked()).toEqual([1, 2]);
  });

  it("shows at once what the client knows of its first page", () => {
    const { client, posts } = bench();
    client.stateManager.setCache(client.queryKeyOf("posts", { query: { page: 1 } }), {
      state: { data: postPage(1) },
    });
    expect(posts.getSnapshot()).toMatchObject({ pages: [postPage(1)], status: "success", hasNext: true });
  });

  it("shows what others store for one of its pages, and that it is stale", async () => {
    const { client, posts, transport, clock } = bench();
    servePosts(transport, { version: () => transport.requests.length });
    posts.mount();
    await clock.advance(0);
    await client.get("posts", { query: { page: 1 } });
    expect(posts.getSnapshot().pages).toEqual([postPage(1, 5, 2)]);
    client.stateManager.markStale("posts");
    expect(posts.getSnapshot()).toMatchObject({ stale: true });
  });

  it("tells the getters of all pages and what they were asked for with", async () => {
    const { client, transport, clock } = bench();
    servePosts(transport, { last: 9 });
    const seen: unknown[] = [];
    const posts = createPages(client, "posts", {
      initialPageParam: 1,
      toRequest: (page) => ({ query: { page } }),
      getNextPageParam(lastPage, allPages, lastPageParam, allPageParams) {
        seen.push([lastPage.posts, allPages.length, lastPageParam, allPageParams]);
        return allPages.length < 2 ? lastPageParam + 1 : undefined;
      },
    });
    posts.mount();
    await clock.advance(0);
    expect(await posts.fetchNext()).toMatchObject({ pageParams: [1, 2], hasNext: false });
    expect(seen.at(-1)).toEqual([["post 2 v1"], 2, 2, [1, 2]]);
    // As many as there were when the page was added: a number of pages may be the next page's number.
    await posts.refetch();
    expect(posts.getSnapshot()).toMatchObject({ pageParams: [1, 2] });
  });
});

describe("a page's request", () => {
  it("goes through the plugins of the operation pages, which may change it, and no others", async () => {
    const { client, transport } = bench();
    servePosts(transport);
    const settled: unknown[] = [];
    const withPlugins = client.use([
      {
        name: "test:header",
        operations: ["pages"],
        middleware(context, next) {
          context.request.headers["x-page"] = String((context.request.query as { page: number }).page);
          return next();
        },
        afterResponse: ({ operationType, method, observed }, { status }) =>
          void settled.push([operationType, method, observed, status]),
      },
      {
        name: "test:read",
        operations: ["read"],
        middleware: () => ({ error: new Error("not for pages") }),
      },
    ]);
    const posts = followPosts(withPlugins);
    posts.mount();
    await posts.fetchNext();
    await posts.fetchNext();
    expect(transport.requests.map(({ headers }) => headers["x-page"])).toEqual(["1", "2"]);
    expect(settled).toEqual([
      ["pages", "GET", true, 200],
      ["pages", "GET", true, 200],
    ]);
  });

  it("has an entry of its own, with what afterResponse made of it", async () => {
    const { client, transport } = bench();
    servePosts(transport);
    const posts = followPosts(
      client.use([
        {
          name: "test:shout",
          operations: ["pages"],
          afterResponse: (_context, response) =>
            response.error ? undefined : { ...response, data: { posts: ["LOUD"], next: 2 } },
        },
      ]),
    );
    posts.mount();
    await posts.fetchNext();
    expect((await posts.fetchNext()).pages).toEqual([
      { posts: ["LOUD"], next: 2 },
      { posts: ["LOUD"], next: 2 },
    ]);
  });

  it("takes the options of the list", async () => {
    const { client, transport, clock } = bench();
    servePosts(transport);
    const posts = createPages(client, "posts", {
      initialPageParam: 1,
      toRequest: (page) => ({ query: { page, tag: "a" } }),
      getNextPageParam: ({ next }) => next,
      headers: { "x-from": "list" },
    });
    posts.mount();
    await clock.advance(0);
    expect(transport.requests[0]).toMatchObject({
      url: "posts?page=1&tag=a",
      headers: { "x-from": "list" },
    });
  });
});

describe("bad input", () => {
  const good = {
    initialPageParam: 1,
    toRequest: (page: number) => ({ query: { page } }),
    getNextPageParam: () => undefined,
  };

  it.each([
    ["no toRequest", { toRequest: undefined }],
    ["no getNextPageParam", { getNextPageParam: undefined }],
    ["a getPreviousPageParam that is none", { getPreviousPageParam: 7 }],
    ["no room for a page", { maxPages: 0 }],
    ["room for half a page", { maxPages: 1.5 }],
  ])("is INVALID_OPTION: %s", (_, bad) => {
    const { client } = bench();
    const options = { ...good, ...bad } as typeof good;
    const refusal = expect.objectContaining({ code: "INVALID_OPTION" });
    expect(() => createPages(client, "posts", options)).toThrow(refusal);
    const posts = createPages(client, "posts", good);
    expect(() => posts.update(options)).toThrow(refusal);
  });

  it("that a getter throws over ends the list, and is reported", async () => {
    const { client, transport, clock, reported } = bench();
    servePosts(transport);
    const cause = new TypeError("no such field");
    const posts = createPages(client, "posts", {
      ...good,
      getNextPageParam() {
        throw cause;
      },
    });
    posts.mount();
    await clock.advance(0);
    expect(posts.getSnapshot()).toMatchObject({ pageParams: [1], hasNext: false, status: "success" });
    expect(reported[0]).toMatchObject({ code: "OPTION_THREW", cause });
  });
});
