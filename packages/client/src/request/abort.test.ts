import { describe, expect, it } from "vitest";
import { createClient } from "../client/create-client.ts";
import { definePlugin } from "../plugin/define-plugin.ts";
import { expectHarmless } from "../test-support/expect-harmless.ts";
import { serve } from "../test-support/serve.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import type { Transport } from "../transport/transport.ts";

/** A bench with one request under way that nobody answers. */
function underWay(options: { timeoutMs?: number } = {}) {
  const bench = createTestBench();
  const held = bench.transport.hold("GET posts");
  const controller = new AbortController();
  const pending = bench.client.get("posts", { signal: controller.signal, ...options });
  return { ...bench, held, controller, pending };
}

describe("an aborted request", () => {
  it("settles at once, with the reason as cause, and its fetch is aborted", async () => {
    const { controller, pending, transport } = underWay();
    await flushMicrotasks();
    controller.abort("leaving");
    const { error, aborted, data, status } = await pending;
    expect(error).toMatchObject({ code: "ABORTED", cause: "leaving" });
    expect({ aborted, data, status }).toEqual({ aborted: true, data: undefined, status: 0 });
    expect(transport.requests[0]?.signal?.aborted).toBe(true);
  });

  it("does no harm", async () => {
    const controller = new AbortController();
    await expectHarmless(
      { code: "ABORTED", aborted: true },
      (client) => {
        const pending = client.get("posts", { signal: controller.signal });
        controller.abort();
        return pending;
      },
      { transport: () => new Promise(() => {}) },
    );
  });

  it("stays settled when it is aborted again", async () => {
    const { controller, pending } = underWay();
    await flushMicrotasks();
    controller.abort("first");
    controller.abort("second");
    expect((await pending).error?.cause).toBe("first");
  });

  it("stays aborted when the answer comes after all", async () => {
    const { controller, pending, held, client } = underWay();
    await flushMicrotasks();
    controller.abort();
    held[0]?.reply({ data: "too late" });
    expect((await pending).aborted).toBe(true);
    await flushMicrotasks();
    expect(client.stateManager.size).toBe(0);
  });

  it("is none when the abort comes after the answer", async () => {
    const { controller, pending, held, client, reported } = underWay();
    await flushMicrotasks();
    held[0]?.reply({ data: "in time" });
    expect(await pending).toMatchObject({ data: "in time", aborted: false });
    controller.abort();
    await flushMicrotasks();
    expect(client.stateManager.getCache("GET posts")?.state.data).toBe("in time");
    expect(reported).toEqual([]);
  });

  it("leaves no timer of its timeout, and does not time out later", async () => {
    const { controller, pending, clock } = underWay({ timeoutMs: 1_000 });
    await flushMicrotasks();
    controller.abort();
    expect((await pending).error?.code).toBe("ABORTED");
    expect(clock.scheduled).toBe(0);
  });

  it("keeps nothing on the caller's signal once it has settled", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { data: [] });
    const { signal } = new AbortController();
    const listening: string[] = [];
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: unknown[]) => (
      listening.push(String(args[0])),
      add(...(args as Parameters<typeof add>))
    );
    signal.removeEventListener = (...args: unknown[]) => (
      listening.pop(),
      remove(...(args as Parameters<typeof remove>))
    );
    await client.get("posts", { signal });
    await flushMicrotasks();
    expect(listening).toEqual([]);
  });
});

describe("a signal that has aborted before the request", () => {
  it("lets nothing start: no middleware, no header function, no fetch", async () => {
    const started: string[] = [];
    const { client, transport } = createTestBench({ headers: () => (started.push("headers"), {}) });
    const settled: string[] = [];
    const witness = definePlugin()({
      name: "test:witness",
      middleware: (_context, next) => (started.push("middleware"), next()),
      afterResponse: (_context, { error }) => void settled.push(error!.code),
    });
    const { error, aborted } = await client
      .use([witness])
      .get("posts", { signal: AbortSignal.abort("never mind") });
    expect(error).toMatchObject({ code: "ABORTED", cause: "never mind" });
    expect(aborted).toBe(true);
    expect(started).toEqual([]);
    expect(settled).toEqual(["ABORTED"]);
    expect(transport.requests).toEqual([]);
  });

  it("does not throw or settle synchronously", async () => {
    const { client } = createTestBench();
    let settled = false;
    const pending = client.get("posts", { signal: AbortSignal.abort() }).then(() => (settled = true));
    expect(settled).toBe(false);
    await pending;
  });
});

describe("an abort while something else is under way", () => {
  it("of the header function: no fetch follows", async () => {
    let giveHeaders = (_: Record<string, string>) => {};
    const headers = () => new Promise<Record<string, string>>((resolve) => (giveHeaders = resolve));
    let sent = 0;
    // Not a scripted one, which takes no aborted request: other transports may.
    const transport: Transport = async () => ({ status: 200, data: (sent += 1) });
    const controller = new AbortController();
    const pending = createClient({ headers, transport }).get("posts", { signal: controller.signal });
    await flushMicrotasks();
    controller.abort();
    expect((await pending).error?.code).toBe("ABORTED");
    giveHeaders({});
    await flushMicrotasks();
    expect(sent).toBe(0);
  });

  it("of a middleware: it may finish, but no fetch follows", async () => {
    const { client, transport } = createTestBench();
    const controller = new AbortController();
    const aborting = definePlugin()({
      name: "test:aborting",
      middleware: (_context, next) => {
        controller.abort("changed my mind");
        return next();
      },
    });
    const { error } = await client.use([aborting]).get("posts", { signal: controller.signal });
    expect(error).toMatchObject({ code: "ABORTED", cause: "changed my mind" });
    expect(transport.requests).toEqual([]);
  });

  it("of a body from a real server: the connection is closed", async () => {
    let closed = Promise.resolve();
    const { origin, nextRequest } = await serve((response) => {
      closed = new Promise((resolve) => response.once("close", resolve));
      response.writeHead(200).write("and then");
    });
    const controller = new AbortController();
    const arrived = nextRequest();
    await expectHarmless(
      { code: "ABORTED", aborted: true },
      (client) => {
        void arrived.then(() => controller.abort());
        return client.get("posts", { signal: controller.signal });
      },
      { baseUrl: origin },
    );
    await closed;
  });
});

describe("B-23 an abort of a request that is retried", () => {
  const retry = definePlugin()({
    name: "test:retry",
    repeatable: true,
    async middleware({ clock, request: { signal } }, next) {
      for (;;) {
        const response = await next();
        if (response.status !== 503) return response;
        await new Promise<void>((resolve) => {
          const cancel = clock.schedule(resolve, 1_000);
          signal?.addEventListener("abort", () => (cancel(), resolve()), { once: true });
        });
      }
    },
  });

  /** A retried request whose first two attempts fail, and whose third succeeds. */
  function retried() {
    const { client, transport, clock } = createTestBench();
    for (const reply of [{ status: 503 }, { status: 503 }, { data: "at last" }]) {
      transport.reply("GET posts", reply, { delayMs: 10 });
    }
    const controller = new AbortController();
    const pending = client.use([retry]).get("posts", { signal: controller.signal });
    return { pending, transport, clock, controller };
  }

  it("is none if it never comes: three fetches, and the wait between them", async () => {
    const { pending, transport, clock } = retried();
    await clock.advance(2_030);
    expect(await pending).toMatchObject({ data: "at last", aborted: false });
    expect(transport.requests).toHaveLength(3);
  });

  it.each([
    ["in the first attempt", 5, 1],
    ["in the wait after it", 500, 1],
    ["in the second attempt", 1_015, 2],
    ["in the wait after it", 1_500, 2],
    ["in the third attempt", 2_025, 3],
  ])("%s (after %i ms) stops it and all that would follow", async (_when, atMs, fetches) => {
    const { pending, transport, clock, controller } = retried();
    await clock.advance(atMs);
    controller.abort();
    expect(await pending).toMatchObject({ error: { code: "ABORTED" }, aborted: true });
    expect(clock.scheduled).toBe(0);
    expect(transport.requests).toHaveLength(fetches);
  });
});
