import { describe, expect, it } from "vitest";
import { definePlugin } from "../plugin/define-plugin.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";

const share = definePlugin()({
  name: "test:share",
  middleware({ request, queryKey }, next) {
    request.shareKey = queryKey;
    return next();
  },
});

/** A client whose reads of `posts` share their fetches, and callers that can leave. */
function sharing() {
  const { client, transport, clock } = createTestBench();
  const held = transport.hold("GET posts");
  const sharingClient = client.use([share]);
  const join = (options: { timeoutMs?: number } = {}) => {
    const controller = new AbortController();
    const pending = sharingClient.get("posts", { signal: controller.signal, ...options });
    return { pending, leave: (reason?: unknown) => controller.abort(reason) };
  };
  return { client: sharingClient, transport, clock, held, join };
}

describe("C7 requests that share a fetch", () => {
  it("are one request to the transport and have one answer", async () => {
    const { held, join, transport } = sharing();
    const callers = [join(), join(), join()];
    await flushMicrotasks();
    expect(transport.requests).toHaveLength(1);
    held[0]?.reply({ data: "shared" });
    const answers = await Promise.all(callers.map(({ pending }) => pending));
    expect(answers.map(({ data }) => data)).toEqual(["shared", "shared", "shared"]);
  });

  it("have one failure", async () => {
    const { held, join } = sharing();
    const callers = [join(), join()];
    await flushMicrotasks();
    held[0]?.reply({ status: 503 });
    const answers = await Promise.all(callers.map(({ pending }) => pending));
    expect(answers.map(({ error }) => error?.status)).toEqual([503, 503]);
  });

  it("can be joined in the middle, and not when the fetch has finished", async () => {
    const { held, join, transport } = sharing();
    const first = join();
    await flushMicrotasks();
    const second = join();
    await flushMicrotasks();
    held[0]?.reply({ data: 1 });
    await Promise.all([first.pending, second.pending]);
    const third = join();
    await flushMicrotasks();
    expect(transport.requests).toHaveLength(2);
    held[1]?.reply({ data: 2 });
    expect((await third.pending).data).toBe(2);
  });

  it("of different share keys do not", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { data: 1 });
    let calls = 0;
    const apart = definePlugin()({
      name: "test:apart",
      middleware({ request }, next) {
        request.shareKey = String((calls += 1));
        return next();
      },
    });
    const client2 = client.use([apart]);
    await Promise.all([client2.get("posts"), client2.get("posts")]);
    expect(transport.requests).toHaveLength(2);
  });
});

describe("C7 a caller that leaves", () => {
  it("detaches itself alone, whoever came first", async () => {
    for (const leaving of [0, 1, 2]) {
      const { held, join, transport } = sharing();
      const callers = [join(), join(), join()];
      await flushMicrotasks();
      callers[leaving]?.leave("bored");
      expect(await callers[leaving]?.pending).toMatchObject({ aborted: true, error: { cause: "bored" } });
      expect(transport.requests[0]?.signal?.aborted).toBe(false);
      held[0]?.reply({ data: "shared" });
      const answers = await Promise.all(callers.map(({ pending }) => pending));
      expect(answers.filter(({ data }) => data === "shared")).toHaveLength(2);
    }
  });

  it("as the last one aborts the fetch, and the next call makes a new one", async () => {
    const { held, join, transport, client } = sharing();
    const callers = [join(), join()];
    await flushMicrotasks();
    callers[0]?.leave();
    await flushMicrotasks();
    expect(transport.requests[0]?.signal?.aborted).toBe(false);
    callers[1]?.leave();
    await flushMicrotasks();
    expect(transport.requests[0]?.signal?.aborted).toBe(true);

    const next = join();
    await flushMicrotasks();
    expect(transport.requests).toHaveLength(2);
    held[0]?.reply({ data: "of nobody" });
    held[1]?.reply({ data: "next" });
    expect((await next.pending).data).toBe("next");
    expect(client.stateManager.getCache("GET posts")).toMatchObject({
      state: { data: "next" },
      stale: false,
    });
  });

  it("by its own timeout leaves as by an abort", async () => {
    const { held, join, transport, clock } = sharing();
    const hasty = join({ timeoutMs: 10 });
    const patient = join({ timeoutMs: 100 });
    await clock.advance(10);
    expect((await hasty.pending).error?.code).toBe("TIMEOUT");
    expect(transport.requests[0]?.signal?.aborted).toBe(false);
    held[0]?.reply({ data: "shared" });
    expect((await patient.pending).data).toBe("shared");
    expect(clock.scheduled).toBe(0);
  });

  it("twice, or after the answer, takes nobody else's place", async () => {
    const { held, join, transport } = sharing();
    const [one, two] = [join(), join()];
    await flushMicrotasks();
    one.leave();
    await one.pending;
    one.leave();
    await flushMicrotasks();
    expect(transport.requests[0]?.signal?.aborted).toBe(false);
    held[0]?.reply({ data: "shared" });
    await two.pending;
    two.leave();
    const three = join();
    await flushMicrotasks();
    expect(transport.requests[1]?.signal?.aborted).toBe(false);
    held[1]?.reply({ data: "again" });
    expect((await three.pending).data).toBe("again");
  });

  it("and one that comes in the same tick meet: the fetch goes on for the one that came", async () => {
    const { held, join, transport } = sharing();
    const leaving = join();
    await flushMicrotasks();
    leaving.leave();
    const coming = join();
    await flushMicrotasks();
    expect((await leaving.pending).aborted).toBe(true);
    held.at(-1)?.reply({ data: "for the one that came" });
    expect((await coming.pending).data).toBe("for the one that came");
    expect(transport.requests.at(-1)?.signal?.aborted).toBe(false);
  });
});

describe("a fetch of before is not joined", () => {
  it.each([
    [
      "an invalidation",
      (client: ReturnType<typeof sharing>["client"]) => client.stateManager.markStale("posts"),
    ],
    ["clear()", (client: ReturnType<typeof sharing>["client"]) => client.stateManager.clear()],
    [
      "deleting the entry",
      (client: ReturnType<typeof sharing>["client"]) => client.stateManager.deleteCache("GET posts"),
    ],
  ])("after %s", async (_what, change) => {
    const { client, held, join, transport } = sharing();
    const before = join();
    await flushMicrotasks();
    change(client);
    const after = join();
    await flushMicrotasks();
    expect(transport.requests).toHaveLength(2);
    held[1]?.reply({ data: "after" });
    held[0]?.reply({ data: "before" });
    expect([(await before.pending).data, (await after.pending).data]).toEqual(["before", "after"]);
    expect(client.stateManager.getCache("GET posts")).toMatchObject({
      state: { data: "after" },
      stale: false,
    });
  });

  it("but one of before an invalidation of something else is", async () => {
    const { client, held, join, transport } = sharing();
    const before = join();
    await flushMicrotasks();
    client.stateManager.markStale("users/*");
    const after = join();
    await flushMicrotasks();
    expect(transport.requests).toHaveLength(1);
    held[0]?.reply({ data: "shared" });
    expect([(await before.pending).data, (await after.pending).data]).toEqual(["shared", "shared"]);
  });
});

describe("B-24 a shared fetch of before an invalidation", () => {
  it("is aborted when its last caller has left, although a later one is under way for the same", async () => {
    const { client, held, join, transport } = sharing();
    const before = join();
    await flushMicrotasks();
    client.stateManager.markStale("posts");
    const after = join();
    await flushMicrotasks();
    expect(transport.requests).toHaveLength(2);
    before.leave();
    expect((await before.pending).aborted).toBe(true);
    expect(transport.requests.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
    held[1]?.reply({ data: "later" });
    expect((await after.pending).data).toBe("later");
  });

  it("is not what others join once it has landed before the later one", async () => {
    const { client, held, join, transport } = sharing();
    const before = join();
    await flushMicrotasks();
    client.stateManager.markStale("posts");
    const after = join();
    await flushMicrotasks();
    held[0]?.reply({ data: "earlier" });
    expect((await before.pending).data).toBe("earlier");
    const joining = join();
    await flushMicrotasks();
    expect(transport.requests).toHaveLength(2);
    held[1]?.reply({ data: "later" });
    expect([(await after.pending).data, (await joining.pending).data]).toEqual(["later", "later"]);
  });

  it("is still there to join when one who may leave has left one who started it and may not", async () => {
    const { client, held, join, transport } = sharing();
    const staying = client.get("posts");
    const leaving = join();
    await flushMicrotasks();
    leaving.leave();
    await leaving.pending;
    const joining = client.get("posts");
    await flushMicrotasks();
    expect(transport.requests).toHaveLength(1);
    held[0]?.reply({ data: "shared" });
    expect([(await staying).data, (await joining).data]).toEqual(["shared", "shared"]);
  });
});

describe("a retry inside sharing", () => {
  it("shares each attempt, and one caller's abort ends neither", async () => {
    const retry = definePlugin()({
      name: "test:retry",
      repeatable: true,
      async middleware({ clock }, next) {
        const response = await next();
        if (response.status !== 503) return response;
        await new Promise<void>((resolve) => clock.schedule(resolve, 100));
        return next();
      },
    });
    const { client: bare, transport, clock } = createTestBench();
    const client = bare.use([share, retry]);
    transport.reply("GET posts", { status: 503 }).reply("GET posts", { data: "back" }, { delayMs: 10 });
    const controller = new AbortController();
    const leaving = client.get("posts", { signal: controller.signal });
    const staying = client.get("posts");
    await clock.advance(105);
    expect(transport.requests).toHaveLength(2);
    controller.abort();
    expect((await leaving).aborted).toBe(true);
    await clock.advance(5);
    expect((await staying).data).toBe("back");
    expect(clock.scheduled).toBe(0);
  });
});
