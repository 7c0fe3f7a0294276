import { describe, expect, it } from "vitest";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { createQueue } from "./index.ts";

interface Api {
  files: { POST: { data: string; body?: string } };
}

const noting = (log: string[]): ClientPlugin => ({
  name: "test:noting",
  operations: ["queue"],
  middleware(context, next) {
    context.onCleanup(() => log.push(`clean ${String(context.request.body)}`));
    return next();
  },
  lifecycle: {
    onMount(context) {
      log.push("mount");
      context.onCleanup(() => log.push("clean"));
    },
    onUpdate: (context, previous) =>
      void log.push(`update ${previous.request.headers["tag"]} ${context.request.headers["tag"]}`),
    onUnmount: (context) => void log.push(`unmount ${String(context.request.body)}`),
  },
});

describe("a queue's lifecycle", () => {
  it("calls the hooks, and cleans up after each task when it has ended", async () => {
    const { client, transport } = createTestBench<Api>();
    transport.reply("POST files", { data: "kept" });
    const log: string[] = [];
    const queue = createQueue(client.use([noting(log)]), "files", { headers: { tag: "a" } });
    queue.mount();
    queue.mount();
    queue.update({ headers: { tag: "b" } });
    await queue.add({ body: "x" }).done;
    queue.unmount();
    queue.unmount();
    expect(log).toEqual(["mount", "clean", "update a b", "clean x", "unmount x"]);
  });

  it("sends nothing again for a hook where nothing was sent", async () => {
    const { client, transport } = createTestBench<Api>();
    const answers: unknown[] = [];
    const eager: ClientPlugin = {
      name: "test:eager",
      lifecycle: {
        async onMount(context) {
          answers.push((await context.refetch()).error?.code);
        },
      },
    };
    createQueue(client.use([eager]), "files").mount();
    await flushMicrotasks();
    expect([answers, transport.requests]).toEqual([["NO_REQUEST"], []]);
  });

  it("sends whether it is mounted or not", async () => {
    const { client, transport } = createTestBench<Api>();
    const held = transport.hold("POST files");
    const queue = createQueue(client, "files", { concurrency: 1 });
    queue.mount();
    const both = ["a", "b"].map((body) => queue.add({ body }).done);
    await flushMicrotasks();
    queue.unmount();
    held[0]?.reply({ data: 1 });
    await flushMicrotasks();
    held[1]?.reply({ data: 2 });
    expect((await Promise.all(both)).map(({ data }) => data)).toEqual([1, 2]);
  });
});

describe("dispose", () => {
  it("leaves no promise hanging: of what runs, waits, is to be retried, or comes later", async () => {
    const { client, transport, clock } = createTestBench<Api>();
    transport.hold("POST files");
    let waits = 0;
    const waiting = client.use([
      {
        name: "test:waiting",
        middleware({ request }, next) {
          if (request.body !== "waits in a plugin") return next();
          waits += 1;
          return new Promise((_, reject) => {
            request.signal?.addEventListener("abort", () => reject(request.signal?.reason));
          });
        },
      },
    ]);
    const queue = createQueue(waiting, "files", { concurrency: 3 });
    const all = ["a", "b", "waits in a plugin", "c", "d"].map(
      (body) => queue.add({ body }, { id: body }).done,
    );
    await flushMicrotasks();
    queue.abort("b");
    all.push(queue.retry("b") as (typeof all)[number]);
    waiting.dispose();
    all.push(queue.add({ body: "later" }).done);
    const codes = (await Promise.all(all)).map(({ error }) => error?.code);
    expect(waits).toBe(1);
    expect(codes).toEqual([
      "CLIENT_DISPOSED",
      "ABORTED",
      "ABORTED",
      "CLIENT_DISPOSED",
      "CLIENT_DISPOSED",
      "CLIENT_DISPOSED",
      "CLIENT_DISPOSED",
    ]);
    expect(queue.getSnapshot()).toMatchObject({ waiting: 0, running: 0 });
    expect(clock.scheduled).toBe(0);
  });

  it("unmounts it", () => {
    const { client } = createTestBench<Api>();
    const log: string[] = [];
    const withHooks = client.use([noting(log)]);
    const queue = createQueue(withHooks, "files");
    queue.mount();
    withHooks.dispose();
    queue.mount();
    expect(log).toEqual(["mount", "unmount undefined", "clean"]);
  });
});

describe("another user", () => {
  it("neither sees nor sends what was added before", async () => {
    let identity = "ann";
    const { client, transport } = createTestBench<Api>({ identity: () => identity });
    const held = transport.hold("POST files");
    const queue = createQueue(client, "files", { concurrency: 1 });
    const anns = ["a", "b"].map((body) => queue.add({ body }).done);
    await flushMicrotasks();
    identity = "bob";
    expect(queue.getSnapshot().items).toEqual([]);
    const bobs = queue.add({ body: "c" }).done;
    for (const response of await Promise.all(anns))
      expect(response.error).toMatchObject({ code: "IDENTITY_CHANGED" });
    await flushMicrotasks();
    expect(held.map(({ request }) => request.body)).toEqual(["a", "c"]);
    held[1]?.reply({ data: "bob's" });
    expect(await bobs).toMatchObject({ data: "bob's" });
  });
});
