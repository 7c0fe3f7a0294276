import { createPages } from "@x/client/pages";
import { createTestBench } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { gc, type GcConfig } from "./index.ts";

interface Api {
  posts: { GET: { data: { next: number }; query: { page: number } } };
}

/** A mounted list of three pages. */
async function listOfThree(config: GcConfig) {
  const bench = createTestBench<Api>();
  bench.transport.reply("GET posts", ({ url }) => ({ data: { next: Number(url.split("page=")[1]) + 1 } }));
  const client = bench.client.use([gc(config)]);
  const create = () =>
    createPages(client, "posts", {
      initialPageParam: 1,
      toRequest: (page) => ({ query: { page } }),
      getNextPageParam: ({ next }) => next,
    });
  const posts = create();
  posts.mount();
  for (let pages = 0; pages < 3; pages += 1) await posts.fetchNext();
  return { ...bench, client, posts, create };
}

describe("the pages of a list", () => {
  it("B-42: stay while it is on screen, and go when it is not, in their time", async () => {
    const { client, posts, clock } = await listOfThree({ gcTime: 1_000 });
    const other = client.observe("posts", { query: { page: 9 } });
    other.mount();
    await clock.advance(10_000);
    expect(posts.getSnapshot().pageParams).toEqual([1, 2, 3]);
    posts.unmount();
    await clock.advance(500);
    expect(client.stateManager.size).toBe(4);
    await clock.advance(1_000);
    expect(client.stateManager.size).toBe(1);
    other.unmount();
    expect(clock.scheduled).toBe(0);
  });

  it("B-42: stay under a memory bound, too, also when who fetched them is gone", async () => {
    const { client, posts, create, clock } = await listOfThree({ maxEntries: 2 });
    const second = create();
    second.mount();
    await clock.advance(0);
    posts.unmount();
    for (let page = 20; page < 30; page += 1) await client.get("posts", { query: { page } });
    expect(second.getSnapshot().pageParams).toEqual([1, 2, 3]);
    second.unmount();
    await client.get("posts", { query: { page: 30 } });
    expect(client.stateManager.size).toBe(2);
  });
});
