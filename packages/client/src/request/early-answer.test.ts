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
