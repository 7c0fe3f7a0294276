import { createPages } from "@x/client/pages";
import { createTestBench } from "@x/client/testing";
import { expect, it } from "vitest";
import { cache } from "./index.ts";

interface Api {
  posts: { GET: { data: { next: number }; query: { page: number } } };
}

it("answers the pages of a list that are fresh, and lets those be fetched that are not", async () => {
  const { client, transport, clock } = createTestBench<Api>();
  const pageOf = (url: string) => Number(url.split("page=")[1]);
  transport.reply("GET posts", ({ url }) => ({ data: { next: pageOf(url) + 1 } }));
  const caching = client.use([cache({ staleTime: 1_000 })]);
  const posts = createPages(caching, "posts", {
    initialPageParam: 1,
    toRequest: (page) => ({ query: { page } }),
    getNextPageParam: ({ next }) => next,
    staleTime: 500,
  });
  let told = 0;
  /** The pages that were asked for since the last time. */
  const asked = () => {
    const since = transport.requests.slice(told);
    told += since.length;
    return since.map(({ url }) => pageOf(url));
  };
  posts.mount();
  await posts.fetchNext();
  await clock.advance(400);
  await posts.fetchNext();
  posts.unmount();
  expect(asked()).toEqual([1, 2]);

  posts.mount();
  await clock.advance(0);
  expect(asked()).toEqual([]);
  posts.unmount();
  await clock.advance(200);
  posts.mount();
  await clock.advance(0);
  expect(asked()).toEqual([1]);

  caching.stateManager.markStale("posts");
  posts.unmount();
  posts.mount();
  await clock.advance(0);
  expect(asked()).toEqual([1, 2]);
  await posts.refetch();
  expect(asked()).toEqual([1, 2]);
  expect(posts.getSnapshot()).toMatchObject({ pageParams: [1, 2], stale: false, fetching: false });
});
