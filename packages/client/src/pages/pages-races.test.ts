import { describe, expect, it } from "vitest";
import { followPosts, pageOf, postPage, servePosts, type PostsApi } from "../test-support/paged-posts.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";

/** A mounted list of as many pages, whose further requests wait for the test. */
async function heldList(pages: number) {
  const bench = createTestBench<PostsApi>();
  const { transport } = bench;
  const held: {
    page: number;
    version: number;
    reply(next?: number | null): Promise<void>;
    fail(): Promise<void>;
  }[] = [];
  let version = 1;
  let holds = false;
  const client = bench.client.use([
    {
      name: "test:hold",
      operations: ["pages"],
      middleware(context, next) {
        if (!holds) return next();
        const { page } = context.request.query as { page: number };
        return new Promise((resolve) => {
          const settle = async (response: object) => {
            resolve(response);
            await flushMicrotasks();
          };
          const sentAt = version;
          held.push({
            page,
            version,
            reply: (following = page + 1) =>
              settle({ data: { ...postPage(page, 9, sentAt), next: following ?? undefined } }),
            fail: () => settle({ error: new Error("no"), status: 500 }),
          });
        });
      },
    },
  ]);
  servePosts(transport, { last: 9 });
  const posts = followPosts(client);
  posts.mount();
  await posts.fetchNext();
  for (let page = 1; page < pages; page += 1) await posts.fetchNext();
  holds = true;
  const writeAndInvalidate = () => {
    version += 1;
    client.stateManager.markStale("posts");
    client.eventEmitter.emit("refetch", { tags: "posts" });
  };
  const shown = () => posts.getSnapshot().pages.flatMap((page) => page.posts);
  return { ...bench, client, posts, held, writeAndInvalidate, shown };
}

describe("two fetchNext at once", () => {
  it("are one request, and both see the page", async () => {
    const { posts, held } = await heldList(1);
    const both = Promise.all([posts.fetchNext(), posts.fetchNext()]);
    expect(held.map(({ page }) => page)).toEqual([2]);
    await held[0]?.reply();
    for (const snapshot of await both) expect(snapshot.pageParams).toEqual([1, 2]);
  });

  it("of two observers are one, too", async () => {
    const { client, posts, held } = await heldList(1);
    const other = followPosts(client);
    const both = Promise.all([posts.fetchNext(), other.fetchNext()]);
    expect(held.map(({ page }) => page)).toEqual([2]);
    await held[0]?.reply();
    for (const snapshot of await both) expect(snapshot.pageParams).toEqual([1, 2]);
  });
});

describe("a reset", () => {
  it("lets go of a page that is being added: it is nobody's when it comes", async () => {
    const { posts, held } = await heldList(2);
    const adding = posts.fetchNext();
    const reset = posts.reset();
    expect(held.map(({ page }) => page)).toEqual([3, 1]);
    await held[0]?.reply();
    expect((await adding).pageParams).toEqual([1]);
    await held[1]?.reply();
    expect(await reset).toMatchObject({ pageParams: [1], fetching: false, fetchingNext: false });
  });

  it("ends a refetch, whose callers see what the reset brings", async () => {
    const { posts, held } = await heldList(3);
    const refetch = posts.refetch();
    const reset = posts.reset();
    await held[0]?.reply();
    expect(held.map(({ page }) => page)).toEqual([1, 1]);
    await held[1]?.reply();
    expect((await refetch).pageParams).toEqual([1]);
    expect((await reset).pageParams).toEqual([1]);
  });

  it("takes the failures of before with it", async () => {
    const { posts, held } = await heldList(1);
    const adding = posts.fetchNext();
    await held[0]?.fail();
    expect((await adding).failures).toHaveLength(1);
    void posts.reset();
    expect(posts.getSnapshot()).toMatchObject({ failures: [], error: undefined });
  });
});

describe("a refetch that another takes the place of", () => {
  it("shows no failure of its own", async () => {
    const { posts, held } = await heldList(2);
    const both = Promise.all([posts.refetch(), posts.refetch()]);
    await held[0]?.fail();
    expect(posts.getSnapshot()).toMatchObject({ failures: [], fetching: true });
    await held[1]?.reply();
    await held[2]?.reply();
    for (const snapshot of await both) expect(snapshot).toMatchObject({ failures: [], fetching: false });
    expect(held.map(({ page }) => page)).toEqual([1, 1, 2]);
  });
});

describe("an invalidation", () => {
  it("during a refetch begins it anew: what was fetched before is too old", async () => {
    const { posts, held, writeAndInvalidate, shown } = await heldList(2);
    const refetch = posts.refetch();
    await held[0]?.reply();
    writeAndInvalidate();
    await held[1]?.reply();
    expect(held.map(({ page }) => page)).toEqual([1, 2, 1]);
    expect(posts.getSnapshot()).toMatchObject({ stale: true, fetching: true });
    await held[2]?.reply();
    await held[3]?.reply();
    await refetch;
    expect(shown()).toEqual(["post 1 v2", "post 2 v2"]);
    expect(posts.getSnapshot()).toMatchObject({ stale: false, fetching: false });
  });

  it("while a page is added has that page fetched again, too", async () => {
    const { posts, held, writeAndInvalidate, shown } = await heldList(1);
    void posts.fetchNext();
    writeAndInvalidate();
    expect(held.map(({ page }) => page)).toEqual([2, 1]);
    await held[0]?.reply();
    expect(posts.getSnapshot()).toMatchObject({ pageParams: [1, 2], stale: true });
    await held[1]?.reply();
    await held[2]?.reply();
    expect(shown()).toEqual(["post 1 v2", "post 2 v2"]);
    expect(posts.getSnapshot()).toMatchObject({ stale: false, fetching: false });
  });

  it("of something else concerns it not", async () => {
    const { client, held } = await heldList(1);
    client.stateManager.markStale("users");
    client.eventEmitter.emit("refetch", { tags: ["users", "users/*"] });
    await flushMicrotasks();
    expect(held).toEqual([]);
  });
});

describe("a page that is added while the list is fetched again", () => {
  it("is put at its end, and fetched again in its turn", async () => {
    const { posts, held } = await heldList(2);
    void posts.refetch();
    void posts.fetchNext();
    await held.find(({ page }) => page === 3)?.reply();
    expect(posts.getSnapshot().pageParams).toEqual([1, 2, 3]);
    await held.find(({ page }) => page === 1)?.reply();
    await held.find(({ page }) => page === 2)?.reply();
    expect(held.map(({ page }) => page)).toEqual([1, 3, 2, 3]);
    await held[3]?.reply();
    expect(posts.getSnapshot()).toMatchObject({ pageParams: [1, 2, 3], fetching: false });
  });

  it("is left out when the list ends before it by then", async () => {
    const { posts, held } = await heldList(2);
    const adding = posts.fetchNext();
    const refetch = posts.refetch();
    await held[1]?.reply(null);
    expect((await refetch).pageParams).toEqual([1]);
    const seen: (readonly number[])[] = [];
    posts.subscribe(() => seen.push(posts.getSnapshot().pageParams));
    await held[0]?.reply();
    // At no time is it there.
    expect(seen.filter(({ length }) => length > 1)).toEqual([]);
    expect(await adding).toMatchObject({ pageParams: [1], hasNext: false, fetchingNext: false });
    expect(held.map(({ page }) => page)).toEqual([3, 1]);
  });

  it("is left out when the list ends before it by then, and another is fetched where it goes on elsewhere", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    let delayMs = 0;
    const next = new Map([
      [1, 2],
      [2, 3],
    ]);
    transport.reply("GET posts", ({ url }) => ({
      data: { posts: [`post ${pageOf(url)}`], next: next.get(pageOf(url)) },
    }));
    const slow = client.use([
      {
        name: "test:slow",
        async middleware({ clock: time }, nextStep) {
          const waitMs = delayMs;
          if (waitMs > 0) await new Promise<void>((resolve) => void time.schedule(resolve, waitMs));
          return nextStep();
        },
      },
    ]);
    const posts = followPosts(slow);
    posts.mount();
    await posts.fetchNext();
    await posts.fetchNext();
    delayMs = 10;
    const adding = posts.fetchNext();
    delayMs = 1;
    next.set(1, 12);
    const refetch = posts.refetch();
    await clock.advance(5);
    expect((await refetch).pageParams).toEqual([1, 12]);
    next.set(12, 13);
    void posts.refetch();
    await clock.advance(20);
    expect((await adding).pageParams).toEqual([1, 12, 13]);
  });
});

describe("clear, as on a logout", () => {
  it("leaves nothing of the list, and nothing of what is under way", async () => {
    const { client, posts, held } = await heldList(3);
    void posts.fetchNext();
    void posts.refetch();
    client.stateManager.clear();
    expect(posts.getSnapshot()).toMatchObject({ pages: [], status: "idle", fetching: false, hasNext: false });
    for (const { reply } of held) await reply();
    expect(posts.getSnapshot()).toMatchObject({ pages: [], pageParams: [], status: "idle" });
    void posts.fetchNext();
    expect(held.at(-1)?.page).toBe(1);
  });
});

describe("clear, as on a logout, of a list that has moved on", () => {
  it("has it begin with its first page again, whoever asks next", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    servePosts(transport);
    const posts = followPosts(client, { maxPages: 1 });
    posts.mount();
    await posts.fetchNext();
    expect((await posts.fetchNext()).pageParams).toEqual([2]);
    client.stateManager.clear();
    client.eventEmitter.emit("refetch", { tags: "posts" });
    await clock.advance(0);
    expect(transport.requests.map(({ url }) => pageOf(url))).toEqual([1, 2, 1]);
    expect(posts.getSnapshot().pageParams).toEqual([1]);
  });
});

describe("the plugins' refetch()", () => {
  it("of each page in turn is one run", async () => {
    const { client, transport, clock } = createTestBench<PostsApi>();
    servePosts(transport, { delayMs: 5 });
    const polling = client.use([
      {
        name: "test:polling",
        operations: ["pages"],
        async middleware(context, next) {
          const response = await next();
          context.onCleanup(context.clock.schedule(() => void context.refetch(), 100));
          return response;
        },
      },
    ]);
    const posts = followPosts(polling);
    posts.mount();
    await clock.advance(5);
    void posts.fetchNext();
    await clock.advance(5);
    await clock.advance(105);
    expect(transport.requests.map(({ url }) => pageOf(url))).toEqual([1, 2, 1, 2]);
    posts.unmount();
    expect(clock.scheduled).toBe(0);
  });
});
