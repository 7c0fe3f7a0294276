import type { ClientPlugin } from "@x/client";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { cache, type CacheOptions } from "./index.ts";

/** A client with a cache whose server counts: each read of `posts` is answered with the next number. */
function counting(options?: CacheOptions) {
  const { client: bare, transport, clock, reported } = createTestBench();
  let count = 0;
  transport.reply("GET posts", () => ({ data: (count += 1) }));
  return { client: bare.use([cache(options)]), transport, clock, reported };
}

describe("a fresh answer", () => {
  it("B-32: is given again without a fetch", async () => {
    const { client, transport } = counting();
    const first = await client.get("posts");
    expect(await client.get("posts")).toMatchObject({ data: 1, status: 200, error: undefined });
    expect(first.data).toBe(1);
    expect(transport.requests).toHaveLength(1);
  });

  it.each([0, "", false, null])("B-32: is a hit when it is %j", async (data) => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data });
    const cached = client.use([cache()]);
    await cached.get("items");
    expect(await cached.get("items")).toMatchObject({ data, status: 200, error: undefined });
    expect(transport.requests).toHaveLength(1);
  });

  it("is a hit when the server answered with nothing at all", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { status: 204 });
    const cached = client.use([cache()]);
    await cached.get("items");
    expect((await cached.get("items")).error).toBeUndefined();
    expect(transport.requests).toHaveLength(1);
  });

  it("is one for its own key alone", async () => {
    const { client, transport } = counting();
    await client.get("posts");
    await client.get("posts", { query: { page: 2 } });
    expect(transport.requests).toHaveLength(2);
  });

  it("may have been put into the state by somebody else", async () => {
    const { client, transport } = counting();
    client.stateManager.setCache("GET posts", { state: { data: "written" } });
    expect((await client.get("posts")).data).toBe("written");
    expect(transport.requests).toEqual([]);
  });

  it("is what an observer begins with, without a fetch", async () => {
    const { client, transport } = counting();
    await client.get("posts");
    const observer = client.observe("posts");
    observer.mount();
    await flushMicrotasks();
    expect(observer.getSnapshot()).toMatchObject({ data: 1, status: "success", fetching: false });
    expect(transport.requests).toHaveLength(1);
  });
});

describe("staleTime", () => {
  it("B-32: an answer as old as that has expired, and is fetched again", async () => {
    const { client, clock } = counting({ staleTime: 1_000 });
    await client.get("posts");
    await clock.advance(999);
    expect((await client.get("posts")).data).toBe(1);
    await clock.advance(1);
    expect((await client.get("posts")).data).toBe(2);
  });

  it("is a minute by default", async () => {
    const { client, clock } = counting();
    await client.get("posts");
    await clock.advance(59_999);
    expect((await client.get("posts")).data).toBe(1);
    await clock.advance(1);
    expect((await client.get("posts")).data).toBe(2);
  });

  it("of a read wins over the plugin's, for that read", async () => {
    const { client, clock } = counting({ staleTime: 1_000 });
    await client.get("posts");
    await clock.advance(500);
    expect((await client.get("posts", { staleTime: undefined })).data).toBe(1);
    expect((await client.get("posts", { staleTime: 500 })).data).toBe(2);
    await clock.advance(5_000);
    expect((await client.get("posts", { staleTime: 10_000 })).data).toBe(2);
  });

  it("of 0 fetches each time, of Infinity once", async () => {
    const { client, clock } = counting({ staleTime: 0 });
    await client.get("posts");
    expect((await client.get("posts")).data).toBe(2);
    await clock.advance(1_000_000_000);
    expect((await client.get("posts", { staleTime: Infinity })).data).toBe(2);
  });

  it("counts up to the request, not up to when an outer plugin let it pass", async () => {
    const { client: bare, transport, clock } = createTestBench();
    transport.reply("GET posts", { data: 1 });
    const client = bare.use([
      cache({ staleTime: 1_000 }),
      {
        name: "test:waiting",
        priority: -20,
        async middleware(context, next) {
          await new Promise<void>((resolve) => context.clock.schedule(resolve, 600));
          return next();
        },
      },
    ]);
    const first = client.get("posts");
    await clock.advance(600);
    await first;
    await clock.advance(500);
    const second = client.get("posts");
    await clock.advance(600);
    expect((await second).data).toBe(1);
    expect(transport.requests).toHaveLength(1);
  });

  it("B-21: is not begun anew by steady hits", async () => {
    const { client, clock } = counting({ staleTime: 1_000 });
    await client.get("posts");
    for (let hit = 0; hit < 9; hit += 1) {
      await clock.advance(100);
      expect((await client.get("posts")).data).toBe(1);
    }
    await clock.advance(100);
    expect((await client.get("posts")).data).toBe(2);
  });
});

it("B-11: what is served is transformed once, and not stored, whatever is written while an outer plugin waits", async () => {
  const { client: bare, transport, clock } = createTestBench();
  transport.reply("GET posts", { data: 1 });
  const client = bare.use([
    cache(),
    {
      name: "test:waiting",
      priority: -20,
      async middleware(context, next) {
        const response = await next();
        await new Promise<void>((resolve) => context.clock.schedule(resolve, 5));
        return response;
      },
    },
    { name: "test:plus-one", afterResponse: (_, { data }) => ({ data: Number(data) + 1 }) },
  ]);
  const reads = [client.get("posts")];
  await clock.advance(5);
  reads.push(client.get("posts"));
  await flushMicrotasks();
  client.stateManager.setCache("GET posts", { state: { data: 100 } });
  await clock.advance(5);
  expect((await Promise.all(reads)).map(({ data }) => data)).toEqual([2, 2]);
  expect(client.stateManager.getCache("GET posts")?.state.data).toBe(100);
});

describe("what is fetched although there is an answer", () => {
  it("B-32: what is marked stale", async () => {
    const { client } = counting();
    await client.get("posts");
    client.stateManager.markStale("posts");
    expect((await client.get("posts")).data).toBe(2);
    expect((await client.get("posts")).data).toBe(2);
  });

  it("B-32: what is forced", async () => {
    const { client } = counting();
    await client.get("posts");
    expect((await client.get("posts", { forceRefetch: true })).data).toBe(2);
  });

  it("an observer's refetch", async () => {
    const { client } = counting();
    const observer = client.observe("posts");
    observer.mount();
    await flushMicrotasks();
    expect((await observer.refetch()).data).toBe(2);
    observer.unmount();
  });

  it("what failed: an error is no answer to keep", async () => {
    const { client: bare, transport } = createTestBench();
    transport.reply("GET posts", { status: 500, data: null }).reply("GET posts", { data: 1 });
    const client = bare.use([cache()]);
    expect((await client.get("posts")).status).toBe(500);
    expect((await client.get("posts")).data).toBe(1);
  });

  it("and when that fetch fails, the older answer stays as it was", async () => {
    const { client: bare, transport } = createTestBench();
    transport.reply("GET posts", { data: 1 }).reply("GET posts", { status: 503 });
    const client = bare.use([cache()]);
    await client.get("posts");
    expect((await client.get("posts", { forceRefetch: true })).status).toBe(503);
    expect((await client.get("posts")).data).toBe(1);
  });

  it("every write", async () => {
    const { client: bare, transport } = createTestBench();
    transport.reply("POST posts", { data: 1 });
    const client = bare.use([cache()]);
    await client.post("posts");
    await client.post("posts");
    expect(transport.requests).toHaveLength(2);
  });
});

describe("clearCache", () => {
  async function filled() {
    const bench = createTestBench();
    for (const path of ["posts", "posts/1", "users"]) bench.transport.reply(`GET ${path}`, { data: path });
    const client = bench.client.use([cache()]);
    for (const path of ["posts", "posts/1", "users"]) await client.get(path);
    const known = () =>
      ["posts", "posts/1", "users"].filter((path) => client.stateManager.getCache(`GET ${path}`));
    return { ...bench, client, known };
  }

  it("forgets everything, so that the next read fetches", async () => {
    const { client, transport, known } = await filled();
    client.clearCache();
    expect(known()).toEqual([]);
    await client.get("posts");
    expect(transport.requests).toHaveLength(4);
  });

  it.each([
    ["posts/*", ["posts", "users"]],
    ["posts/1", ["posts", "users"]],
    [["posts", "posts/*"], ["users"]],
    ["*", []],
  ])("forgets what %j matches", async (patterns, left) => {
    const { client, known } = await filled();
    client.clearCache(patterns);
    expect(known()).toEqual(left);
  });

  it("keeps an answer that is still under way from being stored", async () => {
    const { client, transport } = await filled();
    const held = transport.hold("GET slow");
    const pending = client.get("slow");
    await flushMicrotasks();
    client.clearCache();
    held[0]?.reply({ data: "late" });
    expect((await pending).data).toBe("late");
    expect(client.stateManager.getCache("GET slow")).toBeUndefined();
  });
});

describe("isFresh, for other plugins", () => {
  it("tells whether a read made now would be answered without a fetch, whenever the request was made", async () => {
    const { client: bare, transport, clock } = createTestBench();
    transport.reply("GET posts", { data: 0 });
    let isFresh = (): boolean | undefined => undefined;
    const asking: ClientPlugin = {
      name: "test:asking",
      lifecycle: { onMount: ({ plugins }) => void (isFresh = () => plugins.get("cache")?.isFresh()) },
    };
    const client = bare.use([asking, cache({ staleTime: 1_000 })]);
    const observer = client.observe("posts", { staleTime: 500 });
    observer.mount();
    expect(isFresh()).toBe(false);
    await flushMicrotasks();
    expect(isFresh()).toBe(true);
    await clock.advance(499);
    expect(isFresh()).toBe(true);
    await clock.advance(1);
    expect(isFresh()).toBe(false);
    await observer.refetch();
    expect(isFresh()).toBe(true);
    client.stateManager.markStale("posts");
    expect(isFresh()).toBe(false);
    observer.unmount();
  });
});

it("two clients with one cache share nothing", async () => {
  const shared = cache();
  const [one, two] = [createTestBench(), createTestBench()];
  one.transport.reply("GET posts", { data: 1 });
  two.transport.reply("GET posts", { data: 2 });
  const [first, second] = [one.client.use([shared]), two.client.use([shared])];
  await first.get("posts");
  expect((await second.get("posts")).data).toBe(2);
  second.clearCache();
  expect((await first.get("posts")).data).toBe(1);
  expect(one.transport.requests).toHaveLength(1);
});
