import { describe, expect, it } from "vitest";
import { serveEntry } from "../request/response.ts";
import { followPosts, pageOf, postPage, servePosts, type PostsApi } from "../test-support/paged-posts.ts";
import { createTestBench, type Reply } from "../testing/index.ts";

/** A mounted list of three pages, and what the server answers a page with from then on. */
async function listOfThree(options?: Parameters<typeof followPosts>[1]) {
  const bench = createTestBench<PostsApi>();
  const { transport } = bench;
  const answers = new Map<number, Reply>();
  transport.reply("GET posts", (request) => {
    const reply = answers.get(pageOf(request.url)) ?? { data: postPage(pageOf(request.url)) };
    if (reply instanceof Error) throw reply;
    return typeof reply === "function" ? reply(request) : reply;
  });
  const posts = followPosts(bench.client, options);
  posts.mount();
  await posts.fetchNext();
  await posts.fetchNext();
  await posts.fetchNext();
  const before = transport.requests.length;
  const asked = () => transport.requests.slice(before).map(({ url }) => pageOf(url));
  return { ...bench, posts, answers, asked };
}

const version2 = (page: number, last = 5): Reply => ({ data: postPage(page, last, 2) });

describe("refetch", () => {
  it("B-48 keeps the pages on screen, and replaces each when its new data has come", async () => {
    const { posts, answers, asked } = await listOfThree();
    for (const page of [1, 2, 3]) answers.set(page, version2(page));
    const seen: string[] = [];
    posts.subscribe(() => {
      const { pages, fetching } = posts.getSnapshot();
      seen.push(`${pages.flatMap((page) => page.posts).join(", ")}${fetching ? " …" : ""}`);
    });
    await posts.refetch();
    expect(asked()).toEqual([1, 2, 3]);
    expect([...new Set(seen)]).toEqual([
      "post 1 v1, post 2 v1, post 3 v1 …",
      "post 1 v2, post 2 v1, post 3 v1 …",
      "post 1 v2, post 2 v2, post 3 v1 …",
      "post 1 v2, post 2 v2, post 3 v2 …",
      "post 1 v2, post 2 v2, post 3 v2",
    ]);
  });

  it("asks for one page after the other", async () => {
    const { transport, client, clock } = createTestBench<PostsApi>();
    const held = transport.hold("GET posts");
    const pages = () => held.map(({ request }) => pageOf(request.url));
    const posts = followPosts(client);
    posts.mount();
    for (const page of [1, 2]) {
      void posts.fetchNext();
      await clock.advance(0);
      held.at(-1)?.reply({ data: postPage(page) });
      await clock.advance(0);
    }
    const refetch = posts.refetch();
    await clock.advance(0);
    expect(pages()).toEqual([1, 2, 1]);
    held.at(-1)?.reply({ data: postPage(1) });
    await clock.advance(0);
    expect(pages()).toEqual([1, 2, 1, 2]);
    held.at(-1)?.reply({ data: postPage(2) });
    expect(await refetch).toMatchObject({ fetching: false });
  });

  it("goes past a cache, which mounting does not", async () => {
    const { transport, client, clock } = createTestBench<PostsApi>();
    servePosts(transport);
    const caching = client.use([
      {
        name: "test:cache",
        operations: ["pages"],
        middleware({ stateManager, queryKey, forceRefetch }, next) {
          const entry = forceRefetch ? undefined : stateManager.getCache(queryKey);
          return entry ? serveEntry(entry) : next();
        },
      },
    ]);
    const posts = followPosts(caching);
    posts.mount();
    await posts.fetchNext();
    await posts.fetchNext();
    posts.unmount();
    posts.mount();
    await clock.advance(0);
    expect(posts.getSnapshot()).toMatchObject({ pageParams: [1, 2], fetching: false });
    expect(transport.requests).toHaveLength(2);
    await posts.refetch();
    expect(transport.requests).toHaveLength(4);
  });

  it("follows cursors that have changed", async () => {
    const { posts, answers, asked } = await listOfThree();
    answers.set(1, { data: { posts: ["post 1 v2"], next: 12 } });
    answers.set(12, { data: { posts: ["post 12"], next: 13 } });
    answers.set(13, { data: { posts: ["post 13"], next: 4 } });
    expect(await posts.refetch()).toMatchObject({ pageParams: [1, 12, 13], hasNext: true });
    expect(asked()).toEqual([1, 12, 13]);
  });

  it("leaves out the pages between two when the first leads to the last", async () => {
    const { posts, answers, asked } = await listOfThree();
    answers.set(1, { data: { posts: ["post 1 v2"], next: 3 } });
    expect(await posts.refetch()).toMatchObject({ pageParams: [1, 3] });
    expect(asked()).toEqual([1, 3]);
  });

  it("ends the list where the server does", async () => {
    const { posts, answers, asked } = await listOfThree();
    answers.set(1, version2(1, 2)).set(2, version2(2, 2));
    expect(await posts.refetch()).toMatchObject({ pageParams: [1, 2], hasNext: false });
    expect(asked()).toEqual([1, 2]);
  });

  it("begins where the list did, and goes on in both directions", async () => {
    const bench = createTestBench<PostsApi>();
    servePosts(bench.transport);
    const posts = followPosts(bench.client, { from: 3 });
    posts.mount();
    await posts.fetchNext();
    await posts.fetchPrevious();
    await posts.fetchNext();
    const { requests } = bench.transport;
    const before = requests.length;
    expect(await posts.refetch()).toMatchObject({ pageParams: [2, 3, 4] });
    expect(requests.slice(before).map(({ url }) => pageOf(url))).toEqual([3, 4, 2]);
  });
});

describe("B-48 a page that fails", () => {
  it("leaves the list usable when it was to be added, and is added by a retry", async () => {
    const { posts, answers } = await listOfThree();
    answers.set(4, { status: 500, data: { reason: "tired" } });
    expect(await posts.fetchNext()).toMatchObject({
      pageParams: [1, 2, 3],
      hasNext: true,
      status: "error",
      error: { code: "HTTP_ERROR", body: { reason: "tired" } },
      failures: [{ pageParam: 4, direction: "next" }],
      fetching: false,
    });
    answers.delete(4);
    expect(await posts.retry()).toMatchObject({ pageParams: [1, 2, 3, 4], status: "success", failures: [] });
  });

  it("is also added when it is asked for again", async () => {
    const { posts, answers } = await listOfThree();
    answers.set(4, { status: 500 });
    await posts.fetchNext();
    answers.delete(4);
    expect(await posts.fetchNext()).toMatchObject({ pageParams: [1, 2, 3, 4], failures: [] });
  });

  it("shows what it had when it was to be fetched again, and the others what is new", async () => {
    const { posts, answers } = await listOfThree();
    answers.set(1, version2(1)).set(2, { status: 500 }).set(3, version2(3));
    const { pages, failures, status } = await posts.refetch();
    expect(pages.flatMap((page) => page.posts)).toEqual(["post 1 v2", "post 2 v1", "post 3 v2"]);
    expect(failures).toMatchObject([{ pageParam: 2, direction: undefined, error: { status: 500 } }]);
    expect(status).toBe("error");
  });

  it("alone is fetched by a retry", async () => {
    const { posts, answers, asked } = await listOfThree();
    answers.set(2, { status: 500 });
    await posts.refetch();
    answers.set(2, version2(2));
    const { pages, failures } = await posts.retry();
    expect(pages[1]).toEqual(postPage(2, 5, 2));
    expect(failures).toEqual([]);
    expect(asked()).toEqual([1, 2, 3, 2]);
  });

  it("can be retried without the others that failed", async () => {
    const { posts, answers, asked } = await listOfThree();
    answers.set(1, { status: 500 }).set(3, { status: 500 }).set(4, { status: 500 });
    await posts.fetchNext();
    const { failures } = await posts.refetch();
    expect(failures.map(({ pageParam }) => pageParam)).toEqual([1, 3, 4]);
    answers.clear();
    const left = await posts.retry(failures.find(({ pageParam }) => pageParam === 3));
    expect(left.failures.map(({ pageParam }) => pageParam)).toEqual([1, 4]);
    expect(asked()).toEqual([4, 1, 2, 3, 3]);
    expect((await posts.retry()).pageParams).toEqual([1, 2, 3, 4]);
  });

  it("that is retried and leads elsewhere takes the rest of the list with it", async () => {
    const { posts, answers, asked } = await listOfThree();
    answers.set(2, { status: 500 });
    await posts.refetch();
    answers.set(2, { data: { posts: ["post 2 v2"], next: 13 } });
    answers.set(13, { data: { posts: ["post 13"] } });
    expect(await posts.retry()).toMatchObject({ pageParams: [1, 2, 13], hasNext: false });
    expect(asked()).toEqual([1, 2, 3, 2, 13]);
  });

  it("for want of a network ends the run: the pages behind it would fare no better", async () => {
    const { posts, answers, asked } = await listOfThree();
    answers.set(2, new TypeError("fetch failed"));
    const { failures, pages } = await posts.refetch();
    expect(failures).toMatchObject([
      { pageParam: 2, error: { code: "NETWORK_ERROR" } },
      { pageParam: 3, error: { code: "NETWORK_ERROR" } },
    ]);
    expect(pages).toHaveLength(3);
    expect(asked()).toEqual([1, 2]);
    answers.clear();
    expect(await posts.retry()).toMatchObject({ failures: [], status: "success" });
    expect(asked()).toEqual([1, 2, 2, 3]);
  });

  it("does so as the first one, too, and can be retried", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    transport.reply("GET posts", { status: 503 }).reply("GET posts", { data: postPage(1) });
    const posts = followPosts(client);
    posts.mount();
    await clock.advance(0);
    expect(posts.getSnapshot()).toMatchObject({
      pages: [],
      status: "error",
      hasNext: false,
      fetching: false,
    });
    expect(await posts.retry()).toMatchObject({ pageParams: [1], status: "success", failures: [] });
  });

  it("never shows its error beside the data that has come after all", async () => {
    const { posts, answers } = await listOfThree();
    answers.set(2, { status: 500 });
    await posts.refetch();
    answers.set(2, version2(2));
    const contradictions: unknown[] = [];
    posts.subscribe(() => {
      const { pages, failures } = posts.getSnapshot();
      if (pages[1]?.posts[0] === "post 2 v2" && failures.length > 0) contradictions.push(failures);
    });
    await posts.retry();
    expect(contradictions).toEqual([]);
  });
});

describe("reset", () => {
  it("goes back to the first page, which stays on screen while it is fetched anew", async () => {
    const { posts, answers, asked, clock } = await listOfThree();
    answers.set(1, version2(1));
    const reset = posts.reset();
    expect(posts.getSnapshot()).toMatchObject({ pages: [postPage(1)], fetching: true });
    await clock.advance(0);
    expect(await reset).toMatchObject({ pages: [postPage(1, 5, 2)], pageParams: [1], fetching: false });
    expect(asked()).toEqual([1]);
  });
});
