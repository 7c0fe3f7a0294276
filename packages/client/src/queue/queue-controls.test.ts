import { describe, expect, it } from "vitest";
import { heldQueue, type FilesApi } from "../test-support/held-queue.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { createQueue } from "./index.ts";

describe("abort", () => {
  it("B-47 ends a running task as aborted, and lets the next one in", async () => {
    const { queue, add, held, statuses } = heldQueue(1);
    const { done } = add("a");
    add("b");
    await flushMicrotasks();
    queue.abort("a");
    await flushMicrotasks();
    expect(statuses()).toEqual(["a aborted", "b running"]);
    expect(held[0]?.request.signal?.aborted).toBe(true);
    expect(await done).toMatchObject({ aborted: true, error: { code: "ABORTED" } });
  });

  it("ends a waiting task, which is never sent", async () => {
    const { queue, add, answer, sent, statuses } = heldQueue(1);
    add("a");
    const { done } = add("b");
    await flushMicrotasks();
    queue.abort("b");
    expect(statuses()).toEqual(["a running", "b aborted"]);
    expect(await done).toMatchObject({ aborted: true, error: { code: "ABORTED" } });
    await answer("a");
    expect(sent()).toEqual(["a"]);
  });

  it("by the task's own signal is the same", async () => {
    const { queue, statuses } = heldQueue();
    const controller = new AbortController();
    const { done } = queue.add({ body: "a", signal: controller.signal }, { id: "a" });
    await flushMicrotasks();
    controller.abort();
    expect(await done).toMatchObject({ aborted: true });
    expect(statuses()).toEqual(["a aborted"]);
  });

  it("that comes too late changes nothing: what was done was done", async () => {
    const { client, transport } = createTestBench<FilesApi>();
    transport.reply("POST files", { data: "kept" });
    let finish: () => void = () => {};
    const slow = client.use([
      {
        name: "test:slow",
        afterResponse: () =>
          new Promise<undefined>((resolve) => {
            finish = () => resolve(undefined);
          }),
      },
    ]);
    const queue = createQueue(slow, "files");
    const { id, done } = queue.add({ body: "a" });
    await flushMicrotasks();
    queue.abort(id);
    const again = queue.retry(id);
    finish();
    expect(await done).toMatchObject({ data: "kept" });
    expect(await again).toMatchObject({ data: "kept" });
    expect(queue.getSnapshot().items[0]).toMatchObject({ status: "success" });
    expect(transport.requests).toHaveLength(1);
  });

  it("ends as aborted also when a plugin makes another error of it", async () => {
    const { client, transport } = createTestBench<FilesApi>();
    transport.hold("POST files");
    const renaming = client.use([
      {
        name: "test:renaming",
        async middleware(_context, next) {
          await next();
          return { error: new Error("mine"), status: 599 };
        },
      },
    ]);
    const queue = createQueue(renaming, "files");
    const { id, done } = queue.add({ body: "a" });
    await flushMicrotasks();
    queue.abort(id);
    await done;
    expect(queue.getSnapshot().items[0]).toMatchObject({ status: "aborted" });
  });

  it("of a task that has ended, or never was, does nothing", async () => {
    const { queue, add, answer, statuses } = heldQueue();
    add("a");
    await flushMicrotasks();
    await answer("a");
    queue.abort("a");
    queue.abort("z");
    expect(statuses()).toEqual(["a success"]);
  });
});

describe("retry", () => {
  it("sends a failed task again, with what it was added with", async () => {
    const { queue, add, answer, sent, statuses } = heldQueue();
    const { done } = add("a");
    await flushMicrotasks();
    await answer("a", { status: 503 });
    expect((await done).error?.status).toBe(503);
    const again = queue.retry("a");
    expect(statuses()).toEqual(["a running"]);
    await flushMicrotasks();
    await answer("a");
    expect(await again).toMatchObject({ data: "a kept" });
    expect(sent()).toEqual(["a", "a"]);
    expect(queue.getSnapshot().items[0]).toMatchObject({ status: "success", error: undefined });
  });

  it("B-47 right after an abort sends once, when that has ended", async () => {
    const { queue, add, answer, sent, statuses } = heldQueue(1);
    const { done } = add("a");
    add("b");
    await flushMicrotasks();
    queue.abort("a");
    const again = queue.retry("a");
    expect(queue.retry("a")).toBe(again);
    await flushMicrotasks();
    expect(await done).toMatchObject({ aborted: true });
    // It waits for its turn again.
    expect(statuses()).toEqual(["a waiting", "b running"]);
    await answer("b");
    await answer("a");
    expect(await again).toMatchObject({ data: "a kept" });
    expect(sent()).toEqual(["a", "b", "a"]);
  });

  it("of a waiting task that was aborted sends once", async () => {
    const { queue, add, answer, sent } = heldQueue(1);
    add("a");
    add("b");
    await flushMicrotasks();
    queue.abort("b");
    const again = queue.retry("b");
    await answer("a");
    await answer("b");
    expect(await again).toMatchObject({ data: "b kept" });
    expect(sent()).toEqual(["a", "b"]);
  });

  it("followed by another abort sends nothing more", async () => {
    const { queue, add, sent, statuses } = heldQueue();
    add("a");
    await flushMicrotasks();
    queue.abort("a");
    const again = queue.retry("a");
    queue.abort("a");
    expect(await again).toMatchObject({ aborted: true });
    await flushMicrotasks();
    expect([statuses(), sent()]).toEqual([["a aborted"], ["a"]]);
  });

  it("leaves alone what waits, is running or has succeeded, and knows no other tasks", async () => {
    const { queue, add, answer, sent } = heldQueue(1);
    const first = add("a");
    const second = add("b");
    await flushMicrotasks();
    expect(queue.retry("a")).toBe(first.done);
    expect(queue.retry("b")).toBe(second.done);
    await answer("a");
    expect(await queue.retry("a")).toMatchObject({ data: "a kept" });
    expect(await queue.retry("z")).toBeUndefined();
    await answer("b");
    expect(sent()).toEqual(["a", "b"]);
  });
});

describe("remove", () => {
  it("takes out a running task, which is aborted and counts until it has ended", async () => {
    const { queue, add, statuses } = heldQueue(1);
    const { done } = add("a");
    add("b");
    await flushMicrotasks();
    queue.remove("a");
    expect(statuses()).toEqual(["b waiting"]);
    expect(queue.getSnapshot().running).toBe(1);
    expect(await done).toMatchObject({ aborted: true });
    expect(statuses()).toEqual(["b running"]);
  });

  it("takes out a waiting task, whose caller is told", async () => {
    const { queue, add, sent } = heldQueue(1);
    add("a");
    const { done } = add("b");
    queue.remove("b");
    expect(await done).toMatchObject({ aborted: true });
    await flushMicrotasks();
    expect(sent()).toEqual(["a"]);
  });

  it("takes out all that has ended at once", async () => {
    const { queue, add, answer, statuses } = heldQueue();
    for (const id of ["a", "b", "c"]) add(id);
    await flushMicrotasks();
    await answer("a");
    await answer("b", { status: 500 });
    queue.removeSettled();
    expect(statuses()).toEqual(["c running"]);
  });
});
