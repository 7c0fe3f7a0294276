import { describe, expect, it } from "vitest";
import { followPosts, pageOf, postPage, type PostsApi } from "../test-support/paged-posts.ts";
import { choices, interleavings } from "../test-support/interleavings.ts";
import { registeredFetches } from "../test-support/registered-fetches.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";

// Several actors work on one mounted list, in every order that their steps can take, and the server answers the
// request that has waited longest, or shortest. At no time is a page missing or there twice, and in the end, when
// what failed was retried, all that is shown is as new as the last write.

type Deed =
  | "adds" // the next page
  | "prepends" // the previous one
  | "refetches"
  | "resets"
  | "writes" // and invalidates
  | "clears"
  | "remounts"
  | "answers the oldest"
  | "answers the latest"
  | "fails the oldest"
  | "loses the oldest"; // no response

const ACTORS: readonly (readonly Deed[])[] = [
  ["adds"],
  ["prepends"],
  ["refetches"],
  ["resets"],
  ["writes"],
  ["clears"],
  ["remounts"],
];
const SERVERS: readonly (readonly Deed[])[] = [
  ["answers the oldest", "answers the oldest"],
  ["answers the latest", "answers the oldest"],
  ["fails the oldest", "answers the latest"],
  ["loses the oldest"],
];
const FIRST = 3;
const LAST = 6;

async function play(order: readonly Deed[]): Promise<void> {
  const { client, transport, clock, reported } = createTestBench<PostsApi>();
  const held = transport.hold("GET posts");
  const answered = new Set<unknown>();
  let version = 1;
  const waiting = () => held.filter((request) => !answered.has(request));
  const settle = async (at: number, reply: "data" | "failure" | "nothing") => {
    const request = waiting().at(at);
    if (!request) return;
    answered.add(request);
    if (reply === "nothing") request.reply(new TypeError("fetch failed"));
    else if (reply === "failure") request.reply({ status: 500 });
    // As new as when it was asked for.
    else request.reply({ data: postPage(pageOf(request.request.url), LAST, versionOf.get(request)) });
    await flushMicrotasks();
  };
  const versionOf = new Map<unknown, number>();
  const note = () => {
    for (const request of held) if (!versionOf.has(request)) versionOf.set(request, version);
  };
  const answerAll = async () => {
    await flushMicrotasks();
    for (let rounds = 0; waiting().length > 0 && rounds < 100; rounds += 1) {
      note();
      await settle(0, "data");
    }
  };

  const posts = followPosts(client, { from: FIRST });
  posts.mount();
  await answerAll();
  for (const fetch of [posts.fetchNext, posts.fetchPrevious]) {
    void fetch();
    await answerAll();
  }
  const promises: Promise<unknown>[] = [];
  const deeds: Record<Deed, () => unknown> = {
    adds: () => promises.push(posts.fetchNext()),
    prepends: () => promises.push(posts.fetchPrevious()),
    refetches: () => promises.push(posts.refetch()),
    resets: () => promises.push(posts.reset()),
    writes() {
      version += 1;
      client.stateManager.markStale("posts");
      client.eventEmitter.emit("refetch", { tags: "posts" });
    },
    clears: () => client.stateManager.clear(),
    remounts() {
      posts.unmount();
      posts.mount();
    },
    "answers the oldest": () => settle(0, "data"),
    "answers the latest": () => settle(-1, "data"),
    "fails the oldest": () => settle(0, "failure"),
    "loses the oldest": () => settle(0, "nothing"),
  };

  const check = (after: readonly Deed[]) => {
    const { pageParams, pages } = posts.getSnapshot();
    const first = pageParams[0] ?? 0;
    const ordered = pageParams.every((param, at) => param === first + at);
    const told = { after, pageParams };
    expect({ ...told, ordered, pages: pages.length }).toEqual({
      ...told,
      ordered: true,
      pages: pageParams.length,
    });
    // Only a logout takes the list off the screen.
    const mayBeEmpty = after.includes("clears");
    expect({ ...told, shown: mayBeEmpty || pages.length > 0 }).toEqual({ ...told, shown: true });
  };

  for (const [at, deed] of order.entries()) {
    note();
    await deeds[deed]();
    await flushMicrotasks();
    note();
    check(order.slice(0, at + 1));
  }
  await answerAll();
  void posts.retry();
  await answerAll();
  await Promise.all(promises);

  const { pages, ...rest } = posts.getSnapshot();
  const keys = Array.from({ length: LAST }, (_, at) =>
    client.queryKeyOf("posts", { query: { page: at + 1 } }),
  );
  expect({
    order,
    outdated: pages.flatMap((page) => page.posts).filter((post) => !post.endsWith(`v${version}`)),
    fetching: [rest.fetching, rest.fetchingNext, rest.fetchingPrevious],
    failures: rest.failures,
    stale: rest.stale,
    scheduled: clock.scheduled,
    reported,
    registered: keys.map((key) => registeredFetches(client, key)).filter((count) => count > 0),
  }).toEqual({
    order,
    outdated: [],
    fetching: [false, false, false],
    failures: [],
    stale: false,
    scheduled: 0,
    reported: [],
    registered: [],
  });
  check(order);
}

function testEveryOrder(count: number): void {
  const cases = [...choices(ACTORS, count)].map((actors) => ({ what: actors.flat().join(", "), actors }));
  it.each(cases)("$what", async ({ actors }) => {
    for (const server of SERVERS)
      for (const order of interleavings<Deed>([...actors, server])) await play(order);
  });
}

describe("B-48, C5: in every order, with every server", () => {
  testEveryOrder(2);
});

describe("B-48, C5: three at a time, with every server", () => {
  testEveryOrder(3);
});
