import { describe, expect, it } from "vitest";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { createQueue } from "./index.ts";

interface Api {
  files: { POST: { data: string; body?: string; query?: { folder: string }; error: { reason: string } } };
}

/** A queue whose requests wait for the test to answer them, by their bodies. */
function heldQueue(concurrency = 2) {
  const bench = createTestBench<Api>();
  const held = bench.transport.hold("POST files");
  const queue = createQueue(bench.client, "files", { concurrency });
  const sent = () => held.map(({ request }) => request.body);
  const answer = async (
    body: string,
    reply: { data?: unknown; status?: number } = { data: `${body} kept` },
  ) => {
    held.findLast(({ request }) => request.body === body)?.reply(reply);
    await flushMicrotasks();
  };
  const add = (id: string) => queue.add({ body: id }, { id });
  const statuses = () => queue.getSnapshot().items.map(({ id, status }) => `${id} ${status}`);
  return { ...bench, held, queue, sent, answer, add, statuses };
}

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
    const { client, transport } = createTestBench<Api>();
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
    const { client, transport } = createTestBench<Api>();
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

describe("bad input", () => {
  it("B-47 DUPLICATE_ID: a task has that id, until it is removed", async () => {
    const { queue, add, answer } = heldQueue();
    add("a");
    const refusal = expect.objectContaining({ code: "DUPLICATE_ID" });
    expect(() => add("a")).toThrow(refusal);
    await flushMicrotasks();
    await answer("a");
    expect(() => add("a")).toThrow(refusal);
    queue.remove("a");
    expect(add("a").id).toBe("a");
  });

  it.each([0, -1, 1.5, Number.NaN])("INVALID_OPTION: a concurrency of %d", (concurrency) => {
    const { client, queue } = heldQueue();
    const refusal = expect.objectContaining({ code: "INVALID_OPTION" });
    expect(() => createQueue(client, "files", { concurrency })).toThrow(refusal);
    expect(() => queue.update({ concurrency })).toThrow(refusal);
  });

  it("INVALID_OPTION: an id that is no text", () => {
    const { queue } = heldQueue();
    const refusal = expect.objectContaining({ code: "INVALID_OPTION" });
    expect(() => queue.add({ body: "a" }, { id: "" })).toThrow(refusal);
    expect(() => queue.add({ body: "a" }, { id: 7 as unknown as string })).toThrow(refusal);
  });

  it("is no limit of Infinity", async () => {
    const { client, transport } = createTestBench<Api>();
    transport.reply("POST files", { data: 1 });
    const queue = createQueue(client, "files", { concurrency: Infinity });
    await Promise.all(Array.from({ length: 50 }, () => queue.add({ body: "a" }).done));
    expect(transport.requests).toHaveLength(50);
  });

  it("that throws when it is read fails that task alone", async () => {
    const { client, transport } = createTestBench<Api>();
    transport.reply("POST files", { data: 1 });
    const queue = createQueue(client, "files", { concurrency: 1 });
    const cause = new Error("thrown by toJSON");
    const folder = {
      toJSON() {
        throw cause;
      },
    };
    const bad = queue.add({ query: { folder: folder as unknown as string } });
    const good = queue.add({ body: "a" });
    expect((await bad.done).error).toMatchObject({ code: "OPTION_THREW", cause });
    expect(await good.done).toMatchObject({ data: 1 });
  });
});
