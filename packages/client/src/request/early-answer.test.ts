import { describe, expect, it } from "vitest";
import { definePlugin } from "../plugin/define-plugin.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";

/** Answers reads from a slow store of its own, as a plugin that persists does. */
const stored = (data: unknown, delayMs: number) =>
  definePlugin()({
    name: "acme:stored",
    operations: ["read"],
    async middleware({ clock }) {
      await new Promise<void>((resolve) => clock.schedule(resolve, delayMs));
      return { data, status: 200 };
    },
  });

function start() {
  const bench = createTestBench();
  const client = bench.client.use([stored("of before", 50)]);
  return { ...bench, client, pending: client.get("posts") };
}

describe("C5 an answer that a plugin took its time for, without the network", () => {
  it("is stored as fresh when nothing has happened meanwhile", async () => {
    const { client, clock, pending } = start();
    await clock.advance(50);
    expect((await pending).data).toBe("of before");
    expect(client.stateManager.getCache("GET posts")).toMatchObject({
      state: { data: "of before" },
      stale: false,
    });
  });

  it("is not stored when the state was cleared meanwhile, as a logout does", async () => {
    const { client, clock, pending } = start();
    await flushMicrotasks();
    client.stateManager.clear();
    await clock.advance(50);
    expect((await pending).data).toBe("of before");
    expect(client.stateManager.size).toBe(0);
  });

  it("is stored as stale when its entry was invalidated meanwhile", async () => {
    const { client, clock } = start();
    await clock.advance(50);
    const pending = client.get("posts", { forceRefetch: true });
    client.stateManager.setCache("GET posts", { state: { data: "newer" }, tags: ["posts"] });
    client.stateManager.markStale("posts");
    await clock.advance(50);
    await pending;
    expect(client.stateManager.getCache("GET posts")?.stale).toBe(true);
  });
});

/** Answers at once, and makes one more of it in its hook. */
const answer = definePlugin()({
  name: "test:answer",
  middleware: () => ({ data: 1, status: 200 }),
  afterResponse: (_context, { data }) => ({ data: Number(data) + 1 }),
});

describe("B-9 an answer that a plugin has at once", () => {
  it("has been through every hook once, and is stored, when `get` returns its promise", async () => {
    const { client, transport } = createTestBench();
    const seen: unknown[] = [];
    const answering = client.use([
      answer,
      { name: "test:later", afterResponse: (_context, { data }) => void seen.push(data) },
    ]);
    const pending = answering.get("posts");
    expect(seen).toEqual([2]);
    expect(answering.stateManager.getCache("GET posts")).toMatchObject({ state: { data: 2 }, produced: 1 });
    expect(await pending).toMatchObject({ data: 2, error: undefined, status: 200 });
    expect(seen).toEqual([2]);
    expect(transport.requests).toEqual([]);
  });

  it("has been through them later where a plugin outside of it waits for the answer", async () => {
    const { client } = createTestBench();
    const outer = definePlugin()({ name: "test:outer", middleware: (_context, next) => next() });
    const answering = client.use([outer, answer]);
    const pending = answering.get("posts");
    expect(answering.stateManager.size).toBe(0);
    expect((await pending).data).toBe(2);
  });

  it("waits for a hook that takes its time", async () => {
    const { client, clock } = createTestBench();
    const answering = client.use([
      {
        name: "test:slow",
        middleware: () => ({ data: 1, status: 200 }),
        async afterResponse(context) {
          await new Promise<void>((resolve) => context.clock.schedule(resolve, 10));
          return { data: 2 };
        },
      },
    ]);
    const pending = answering.get("posts");
    expect(answering.stateManager.size).toBe(0);
    await clock.advance(10);
    expect((await pending).data).toBe(2);
  });
});
