import type { ClientPlugin } from "@x/client";
import { createTestBench, flushMicrotasks, type Reply } from "@x/client/testing";
import { optimistic, type OptimisticUpdate } from "../optimistic.ts";

/** An update that adds a post to the list. */
export const add = (title: string): OptimisticUpdate => ({
  path: "posts",
  update: (posts: string[], saved?: string) => [...posts, saved ?? title],
});

/** A client that has read `posts`, and writes that wait for the test. */
export async function withPosts(plugins: readonly ClientPlugin[] = []) {
  const bench = createTestBench();
  bench.transport.reply("GET posts", { data: ["old"] });
  const held = bench.transport.hold("POST posts");
  const client = bench.client.use([optimistic(), ...plugins]);
  const observer = client.observe("posts");
  observer.mount();
  await flushMicrotasks();
  /** Sends a write, and gives what answers it. */
  const write = async (...updates: OptimisticUpdate[]) => {
    const controller = new AbortController();
    const response = client.post("posts", { optimistic: updates, signal: controller.signal });
    await flushMicrotasks();
    const request = held.at(-1);
    const end = async (reply: Reply = { status: 201 }) => {
      request?.reply(reply);
      await flushMicrotasks();
      return response;
    };
    return { response, end, abort: () => controller.abort() };
  };
  return { ...bench, client, observer, write, shown: () => observer.getSnapshot() };
}
