import { describe, expect, it } from "vitest";
import { heldQueue } from "../test-support/held-queue.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { createQueue } from "./index.ts";

describe("a queue", () => {
  it("is empty before anything is added, and gives the same snapshot until something changes", () => {
    const { queue } = heldQueue();
    expect(queue.getSnapshot()).toEqual({ items: [], waiting: 0, running: 0 });
    expect(queue.getSnapshot()).toBe(queue.getSnapshot());
  });

  it("sends what is added, only so many at once, in the order of adding", async () => {
    const { queue, add, answer, sent, statuses } = heldQueue();
    for (const id of ["a", "b", "c", "d"]) add(id);
    await flushMicrotasks();
    expect(statuses()).toEqual(["a running", "b running", "c waiting", "d waiting"]);
    expect(queue.getSnapshot()).toMatchObject({ waiting: 2, running: 2 });
    await answer("b");
    expect(sent()).toEqual(["a", "b", "c"]);
    await answer("a");
    await answer("c");
    await answer("d");
    expect(statuses()).toEqual(["a success", "b success", "c success", "d success"]);
    expect(queue.getSnapshot()).toMatchObject({ waiting: 0, running: 0 });
  });

  it("tells each of its own answer", async () => {
    const { queue, add, answer } = heldQueue();
    const first = add("a");
    const second = add("b");
    await flushMicrotasks();
    await answer("a");
    await answer("b", { status: 409, data: { reason: "taken" } });
    expect(await first.done).toMatchObject({ data: "a kept", status: 200 });
    expect(await second.done).toMatchObject({ error: { code: "HTTP_ERROR", body: { reason: "taken" } } });
    const [a, b] = queue.getSnapshot().items;
    expect(a).toMatchObject({ data: "a kept", error: undefined, input: { body: "a" } });
    expect(b).toMatchObject({ data: undefined, error: { status: 409 } });
  });

  it("makes ids of its own, which are nobody else's", () => {
    const { queue, add } = heldQueue();
    add("task-2");
    expect([queue.add({ body: "x" }).id, queue.add({ body: "y" }).id]).toEqual(["task-1", "task-3"]);
  });

  it("goes on when a listener throws, and tells the others", async () => {
    const { queue, add, answer, reported } = heldQueue();
    queue.subscribe(() => {
      throw new Error("thrown by a listener");
    });
    let told = 0;
    const stop = queue.subscribe(() => (told += 1));
    const { done } = add("a");
    await flushMicrotasks();
    await answer("a");
    expect(await done).toMatchObject({ data: "a kept" });
    expect(told).toBeGreaterThan(1);
    expect(reported.every(({ code }) => code === "LISTENER_THREW")).toBe(true);
    stop();
    const before = told;
    add("b");
    expect(told).toBe(before);
  });

  it("takes another method, and what all of its tasks send", async () => {
    const { client, transport } = createTestBench();
    transport.reply("PUT files/1", { data: 1 });
    const queue = createQueue(client, "files/:id", { method: "PUT", headers: { a: "1" } });
    expect(await queue.add({ params: { id: 1 } }).done).toMatchObject({ data: 1 });
    await queue.add({ params: { id: 1 }, headers: { b: "2" } }).done;
    expect(transport.requests.map(({ headers }) => [headers["a"], headers["b"]])).toEqual([
      ["1", undefined],
      [undefined, "2"],
    ]);
  });

  it("takes room for more at once", async () => {
    const { queue, add, sent } = heldQueue(1);
    for (const id of ["a", "b", "c"]) add(id);
    await flushMicrotasks();
    queue.update({ concurrency: 3 });
    await flushMicrotasks();
    expect(sent()).toEqual(["a", "b", "c"]);
  });
});

describe("B-47 the limit", () => {
  it("holds across clear(): what was running counts until it has ended", async () => {
    const { client, transport, held, sent } = heldQueue();
    let unwinding = 0;
    const finish: (() => void)[] = [];
    const slow = client.use([
      {
        name: "test:slow",
        operations: ["queue"],
        async middleware(_context, next) {
          unwinding += 1;
          const response = await next();
          await new Promise<void>((resolve) => finish.push(resolve));
          unwinding -= 1;
          return response;
        },
      },
    ]);
    const queue = createQueue(slow, "files", { concurrency: 2 });
    const first = ["a", "b", "c"].map((id) => queue.add({ body: id }).done);
    await flushMicrotasks();
    queue.clear();
    expect(queue.getSnapshot()).toEqual({ items: [], waiting: 0, running: 2 });
    const second = ["d", "e"].map((id) => queue.add({ body: id }).done);
    await flushMicrotasks();
    expect([sent(), unwinding]).toEqual([["a", "b"], 2]);
    finish.shift()?.();
    await flushMicrotasks();
    expect([sent(), unwinding]).toEqual([["a", "b", "d"], 2]);
    finish.shift()?.();
    await flushMicrotasks();
    expect(sent()).toEqual(["a", "b", "d", "e"]);
    for (const { reply } of held) reply({ data: 1 });
    await flushMicrotasks();
    for (const end of finish) end();
    for (const response of await Promise.all(first)) expect(response).toMatchObject({ aborted: true });
    for (const response of await Promise.all(second)) expect(response).toMatchObject({ data: 1 });
    expect(transport.requests).toHaveLength(4);
  });
});
