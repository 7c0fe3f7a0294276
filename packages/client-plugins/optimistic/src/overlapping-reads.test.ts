import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { optimistic, type OptimisticUpdate } from "./index.ts";

const KEY = "GET posts";

/** A server that does each write when it is asked to, and a client with an observer of what it has. */
async function serving() {
  const bench = createTestBench();
  const server = { posts: ["old"] };
  const reads = bench.transport.hold("GET posts");
  const writes = bench.transport.hold("POST posts");
  const client = bench.client.use([optimistic()]);
  const observer = client.observe("posts");

  const answerRead = async (at = reads.length - 1, posts = server.posts) => {
    reads[at]?.reply({ data: posts });
    await flushMicrotasks();
  };
  const answerWrite = async (at = writes.length - 1) => {
    writes[at]?.reply({ status: 201 });
    await flushMicrotasks();
  };
  const write = async (title: string) => {
    const optimisticUpdate: OptimisticUpdate = {
      path: "posts",
      update: (posts: string[]) => [...posts, title],
    };
    void client.post("posts", { optimistic: optimisticUpdate });
    await flushMicrotasks();
  };
  observer.mount();
  await flushMicrotasks();
  await answerRead();
  const shown = () => observer.getSnapshot().data;
  return { ...bench, client, server, reads, observer, answerRead, answerWrite, write, shown };
}

describe("a read that overlaps a write", () => {
  it("and was answered before the server did it: the pending update is replayed over the answer", async () => {
    const { server, observer, answerRead, write, shown } = await serving();
    await write("new");
    server.posts = ["old", "another user's"];
    void observer.refetch();
    await flushMicrotasks();
    await answerRead();
    expect(shown()).toEqual(["old", "another user's", "new"]);
  });

  it("does not take a confirmed update away when it brings what was before the write", async () => {
    const { server, observer, answerRead, answerWrite, write, shown, reads } = await serving();
    await write("new");
    void observer.refetch();
    await flushMicrotasks();
    server.posts = ["old", "new"];
    await answerWrite();
    await answerRead(1, ["old"]);
    expect(shown()).toEqual(["old", "new"]);
    // What it brought may have held the write, so it is asked for again.
    await answerRead();
    expect([shown(), reads.length]).toEqual([["old", "new"], 3]);
  });

  it("and was answered after the server did it: shown twice for no longer than it takes to ask again", async () => {
    const { server, observer, answerRead, answerWrite, write, shown, reads, client } = await serving();
    await write("new");
    server.posts = ["old", "new"];
    void observer.refetch();
    await flushMicrotasks();
    await answerRead();
    await answerWrite();
    expect(client.stateManager.getCache(KEY)?.stale).toBe(true);
    await answerRead();
    expect([shown(), reads.length]).toEqual([["old", "new"], 3]);
    expect(client.stateManager.getCache(KEY)?.stale).toBe(false);
  });

  it("that begins after the confirmation holds the write, and is not asked for again", async () => {
    const { server, observer, answerRead, answerWrite, write, shown, reads } = await serving();
    await write("new");
    server.posts = ["old", "new"];
    await answerWrite();
    void observer.refetch();
    await flushMicrotasks();
    await answerRead();
    expect([shown(), reads.length]).toEqual([["old", "new"], 2]);
  });

  it("that holds one of two writes leaves the other one shown, whatever comes after it", async () => {
    const { server, observer, answerRead, answerWrite, write, shown } = await serving();
    await write("first");
    server.posts = ["old", "first"];
    await answerWrite(0);
    await write("second");
    void observer.refetch();
    await flushMicrotasks();
    await answerRead();
    expect(shown()).toEqual(["old", "first", "second"]);
    await write("third");
    expect(shown()).toEqual(["old", "first", "second", "third"]);
  });

  it("is not asked for in vain again and again when it fails", async () => {
    const { server, observer, answerRead, answerWrite, write, shown, reads } = await serving();
    await write("new");
    void observer.refetch();
    await flushMicrotasks();
    server.posts = ["old", "new"];
    await answerRead(1, ["old"]);
    await answerWrite();
    reads[2]?.reply({ status: 503 });
    await flushMicrotasks();
    expect([shown(), reads.length]).toEqual([["old", "new"], 3]);
  });
});

describe("a write of which nobody knows how far it came", () => {
  it("is taken back, and what is known is marked stale", async () => {
    const { client, write, shown, transport } = await serving();
    transport.reply("PUT posts", new Error("offline")).reply("PATCH posts", { status: 409 });
    await write("pending");
    const update: OptimisticUpdate = { path: "posts", update: (posts: string[]) => [...posts, "new"] };
    await client.patch("posts", { optimistic: update });
    expect([shown(), client.stateManager.getCache(KEY)?.stale]).toEqual([["old", "pending"], false]);
    await client.put("posts", { optimistic: update });
    expect([shown(), client.stateManager.getCache(KEY)?.stale]).toEqual([["old", "pending"], true]);
  });
});
