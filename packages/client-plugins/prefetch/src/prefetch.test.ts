import { cache } from "@x/client-cache";
import { deduplication } from "@x/client-deduplication";
import { transform } from "@x/client-transform";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { prefetch } from "./index.ts";

/** A client that prefetches `posts/1` from a server that counts, keeps answers for a second, and transforms them. */
function prefetching() {
  const bench = createTestBench();
  let count = 0;
  bench.transport.reply("GET posts/1", () => ({ data: (count += 1) }));
  const client = bench.client.use([
    cache({ staleTime: 1_000 }),
    deduplication(),
    transform({ "posts/:id": { GET: (received: number) => `post ${received}` } }),
    prefetch(),
  ]);
  const options = { params: { id: 1 } };
  return {
    ...bench,
    client,
    ahead: (more?: { staleTime?: number; tags?: string[] }) =>
      client.prefetch("posts/:id", { ...options, ...more }),
    read: () => client.get("posts/:id", options),
    entry: () => client.stateManager.getCache(client.queryKeyOf("posts/:id", options)),
  };
}

describe("what is prefetched", () => {
  it("is there for the read that needs it, without a fetch", async () => {
    const { ahead, read, transport } = prefetching();
    void ahead();
    await flushMicrotasks();
    expect((await read()).data).toBe("post 1");
    expect(transport.requests).toHaveLength(1);
  });

  it("B-44: has the tags of a read, by its path or by its option", async () => {
    const { ahead, entry, client } = prefetching();
    await ahead();
    expect(entry()?.tags).toEqual(["posts/1"]);
    client.stateManager.markStale("posts/*");
    expect(entry()?.stale).toBe(true);
    await ahead({ tags: ["articles"] });
    expect(entry()).toMatchObject({ tags: ["articles"], stale: false });
  });

  it("B-44: is transformed as a read is, once", async () => {
    const { ahead, read, entry } = prefetching();
    expect((await ahead()).data).toBe("post 1");
    expect(entry()).toMatchObject({ state: { data: "post 1" }, produced: 1 });
    expect((await read()).data).toBe("post 1");
  });

  it("B-44: is as fresh as what was read: it is not fetched again before it is stale", async () => {
    const { ahead, read, clock, transport } = prefetching();
    await ahead();
    await clock.advance(999);
    await ahead();
    await read();
    expect(transport.requests).toHaveLength(1);
    await clock.advance(1);
    await ahead();
    expect((await read()).data).toBe("post 2");
    expect(transport.requests).toHaveLength(2);
  });

  it("B-44: takes the options of other plugins as a read does", async () => {
    const { ahead, transport } = prefetching();
    await ahead();
    await ahead({ staleTime: 0 });
    expect(transport.requests).toHaveLength(2);
  });

  it("is shared with a read that comes while it is under way", async () => {
    const { ahead, read, transport } = prefetching();
    const both = [ahead(), read()];
    expect((await Promise.all(both)).map(({ data }) => data)).toEqual(["post 1", "post 1"]);
    expect(transport.requests).toHaveLength(1);
  });

  it("is shown by an observer from the beginning", async () => {
    const { ahead, client, transport } = prefetching();
    await ahead();
    const observer = client.observe("posts/:id", { params: { id: 1 } });
    expect(observer.getSnapshot().data).toBe("post 1");
    observer.mount();
    await flushMicrotasks();
    expect(transport.requests).toHaveLength(1);
    observer.unmount();
  });

  it("is a GET, whatever else is asked for", async () => {
    const { client, transport } = prefetching();
    const { prefetch: detached } = client;
    await detached("posts/:id", { params: { id: 1 }, ...{ method: "DELETE" } });
    expect(transport.requests.map(({ method }) => method)).toEqual(["GET"]);
  });
});

describe("a prefetch that fails", () => {
  // Unhandled rejections fail the run, and nobody waits for these.
  it.each([
    ["by its status", { status: 500 }],
    ["without a network", new TypeError("fetch failed")],
  ])("B-44: %s raises no unhandled rejection, and the read that needs it fetches", async (_how, reply) => {
    const { client: bare, transport, reported } = createTestBench();
    transport.reply("GET posts", reply).reply("GET posts", { data: "back" });
    const client = bare.use([cache(), prefetch()]);
    void client.prefetch("posts");
    await flushMicrotasks();
    expect((await client.get("posts")).data).toBe("back");
    expect(reported).toEqual([]);
  });

  it("B-44: before it is sent, or because the client is disposed, raises none either", async () => {
    const { client } = prefetching();
    void client.prefetch("posts/:id", { params: { id: ".." } });
    void client.prefetch("posts", { signal: AbortSignal.abort() });
    client.dispose();
    void client.prefetch("posts");
    await flushMicrotasks();
    expect(client.stateManager.size).toBe(0);
  });

  it("tells those who do wait", async () => {
    const { client, transport } = prefetching();
    transport.reply("GET broken", { status: 500 });
    expect((await client.prefetch("broken")).error?.code).toBe("HTTP_ERROR");
  });
});
