import { createPages } from "@x/client/pages";
import { createTestBench } from "@x/client/testing";
import { expect, it } from "vitest";
import { polling } from "./index.ts";

interface Api {
  posts: { GET: { data: { next: number }; query: { page: number } } };
}

it("polls a list as a whole, and nothing after it is unmounted", async () => {
  const { client, transport, clock } = createTestBench<Api>();
  const pageOf = (url: string) => Number(url.split("page=")[1]);
  transport.reply("GET posts", ({ url }) => ({ data: { next: pageOf(url) + 1 } }), { delayMs: 10 });
  const posts = createPages(client.use([polling()]), "posts", {
    initialPageParam: 1,
    toRequest: (page) => ({ query: { page } }),
    getNextPageParam: ({ next }) => next,
    refetchInterval: 1_000,
  });
  let told = 0;
  /** The pages that were asked for since the last time. */
  const asked = () => {
    const since = transport.requests.slice(told);
    told += since.length;
    return since.map(({ url }) => pageOf(url));
  };
  posts.mount();
  await clock.advance(10);
  void posts.fetchNext();
  await clock.advance(10);
  expect(asked()).toEqual([1, 2]);
  await clock.advance(1_000);
  expect(asked()).toEqual([1, 2]);
  await clock.advance(1_020);
  expect(asked()).toEqual([1, 2]);
  posts.unmount();
  expect(clock.scheduled).toBe(0);
});
