import { describe, expect, it } from "vitest";
import type { ClientPlugin } from "../plugin/plugin.ts";
import type { GenericRequestOptions } from "../request/context-types.ts";
import type { ClientResponse } from "../request/response.ts";
import { registeredFetches } from "../test-support/registered-fetches.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";

// A request is stopped at each of its awaits in turn, somebody else signs in, and it goes on.

/** Every await of a request, in its order. */
const STOPS = [
  "a plugin, before next()",
  "an inner plugin, before next()",
  "the headers",
  "the transport",
  "an inner plugin, after next()",
  "a plugin, after next()",
  "an afterResponse",
] as const;

type Stop = (typeof STOPS)[number];

/** A bench on which a request of Ada's waits at one stop until it may go on. */
function stopping(at: Stop) {
  let user: string | undefined = "ada";
  let goOn = () => {};
  let arrived = false;
  /** Whether the first request has been stopped. What comes after it is not. */
  const stop = async (here: Stop) => {
    if (here !== at || arrived) return;
    arrived = true;
    await new Promise<void>((resolve) => (goOn = resolve));
  };
  const bench = createTestBench({
    identity: () => user,
    async headers() {
      const asking = user;
      await stop("the headers");
      return { "x-user": asking };
    },
  });
  const settled: ClientResponse[] = [];
  const around = (name: string, before: Stop, after: Stop): ClientPlugin => ({
    name,
    async middleware(_context, next) {
      await stop(before);
      const response = await next();
      await stop(after);
      return response;
    },
  });
  const sending: ClientPlugin = {
    name: "test:sending",
    middleware({ request, queryKey, pluginOptions }, next) {
      if ("shares" in (pluginOptions ?? {})) request.shareKey = queryKey;
      const { transport } = request;
      request.transport = async (toSend) => {
        const answer = await transport(toSend);
        await stop("the transport");
        return answer;
      };
      return next();
    },
  };
  const client = bench.client.use([
    around("test:outer", STOPS[0], STOPS[5]),
    around("test:inner", STOPS[1], STOPS[4]),
    sending,
    { name: "test:slow-hook", afterResponse: () => stop("an afterResponse") },
    { name: "test:witness", afterResponse: (_context, response) => void settled.push(response) },
  ]);
  for (const route of ["GET me", "POST me"])
    bench.transport.reply(route, ({ headers }) => ({ data: `${headers["x-user"]}'s` }));
  return {
    ...bench,
    client,
    settled,
    become: (other: string | undefined) => void (user = other),
    goOn: () => goOn(),
    sentBy: (name: string) =>
      bench.transport.requests.filter(({ headers }) => headers["x-user"] === name).length,
  };
}

/** How the client comes to know of it. */
const WAYS = {
  "it is told": (bench: ReturnType<typeof stopping>) => void bench.client.checkIdentity(),
  "another request asks": (bench: ReturnType<typeof stopping>) => bench.client.get("me"),
  "nothing asks but the request itself": () => {},
};

const KINDS: Readonly<Record<string, GenericRequestOptions & { shares?: true }>> = {
  "a read": {},
  "a read that its caller may abort": { signal: new AbortController().signal },
  "a read with a timeout": { timeoutMs: 60_000 },
  "a read that shares its fetch": { shares: true },
  "a write": { method: "POST", body: "ada's" },
};

describe.each(STOPS)("while a request waits for %s, another user comes", (at) => {
  describe.each(Object.entries(WAYS))("and %s", (_way, notice) => {
    it.each(Object.entries(KINDS))("%s is dropped, and everything of it", async (_kind, options) => {
      const bench = stopping(at);
      const { client, settled, become, goOn, sentBy, clock, reported } = bench;
      const pending = client.request("me", options);
      await flushMicrotasks();
      const sent = sentBy("ada");
      become("grace");
      const others = notice(bench);
      await flushMicrotasks();
      goOn();
      const response = await pending;
      await others;

      expect(response).toMatchObject({ data: undefined, error: { code: "IDENTITY_CHANGED" }, status: 0 });
      expect(JSON.stringify(response)).not.toContain("ada's");
      expect(settled.filter(({ error }) => error?.code === "IDENTITY_CHANGED")).toHaveLength(1);
      expect(sentBy("ada")).toBe(sent);
      expect(client.stateManager.getCache("@ada GET me")).toBeUndefined();
      expect(client.stateManager.getCache("@grace GET me")?.state.data).toBe(others ? "grace's" : undefined);
      expect(
        ["@ada GET me", "@grace GET me", "@ada POST me"].map((key) => registeredFetches(client, key)),
      ).toEqual([0, 0, 0]);
      expect([clock.scheduled, reported]).toEqual([0, []]);
    });
  });
});

describe("a request that waits when another user comes", () => {
  it("is told at once, when what it waits for listens to its signal", async () => {
    let user = "ada";
    const { client, clock } = createTestBench({ identity: () => user });
    const waiting = client.use([
      {
        name: "test:patient",
        middleware: ({ request, clock: time }) =>
          new Promise((_resolve, reject) => {
            const cancel = time.schedule(() => reject(new Error("in vain")), 60_000);
            request.signal?.addEventListener("abort", () => {
              cancel();
              reject(request.signal?.reason);
            });
          }),
      },
    ]);
    const pending = waiting.get("me");
    user = "grace";
    waiting.checkIdentity();
    expect((await pending).error).toMatchObject({ code: "IDENTITY_CHANGED" });
    expect(clock.scheduled).toBe(0);
  });

  it("is told at once by the transport, whose fetch is aborted", async () => {
    let user = "ada";
    const { client, transport } = createTestBench({ identity: () => user });
    const held = transport.hold("GET me");
    const pending = client.get("me");
    user = "grace";
    client.checkIdentity();
    expect((await pending).error).toMatchObject({ code: "IDENTITY_CHANGED" });
    expect(held[0]?.request.signal?.aborted).toBe(true);
  });

  it("is aborted when its caller has aborted it before", async () => {
    let user = "ada";
    const { client, transport } = createTestBench({ identity: () => user });
    transport.hold("GET me");
    const controller = new AbortController();
    const pending = client.get("me", { signal: controller.signal });
    controller.abort();
    user = "grace";
    client.checkIdentity();
    expect(await pending).toMatchObject({ error: { code: "ABORTED" }, aborted: true });
  });

  it("is sent no more by a plugin that tries again", async () => {
    let user = "ada";
    const { client, transport } = createTestBench({ identity: () => user });
    transport.reply("GET me", { status: 503 });
    let attempts = 0;
    const retrying = client.use([
      {
        name: "test:retry",
        repeatable: true,
        async middleware(_context, next) {
          for (;;) {
            const response = await next();
            attempts += 1;
            if (attempts === 3) return response;
            user = "grace";
          }
        },
      },
    ]);
    expect((await retrying.get("me")).error).toMatchObject({ code: "IDENTITY_CHANGED" });
    expect([attempts, transport.requests.length]).toEqual([3, 1]);
  });
});

describe("a plugin of a request of the user before", () => {
  it("reaches nothing of the current one's by the state that it holds", async () => {
    let user = "ada";
    const { client, transport } = createTestBench({ identity: () => user });
    transport.reply("GET me", { data: "ada's" }).reply("GET me", { data: "grace's" });
    let goOn = () => {};
    const found: unknown[] = [];
    const patching = client.use([
      {
        name: "test:patching",
        async middleware({ stateManager, tags }, next) {
          const response = await next();
          if (user === "grace") return response;
          await new Promise<void>((resolve) => (goOn = resolve));
          for (const key of stateManager.findKeys("*"))
            stateManager.setCache(key, { state: { data: response.data } });
          stateManager.setCache("note", { state: { data: response.data }, tags });
          stateManager.addView("@grace GET me", { show: () => response.data });
          found.push(stateManager.markStale("*"), stateManager.getCache("note")?.state.data);
          return response;
        },
      },
    ]);
    const pending = patching.get("me");
    await flushMicrotasks();
    user = "grace";
    await patching.get("me");
    goOn();
    await pending;
    expect(found).toEqual([["note"], "ada's"]);
    expect(patching.stateManager.findKeys("*")).toEqual(["@grace GET me"]);
    expect(patching.stateManager.getCache("@grace GET me")).toMatchObject({
      state: { data: "grace's" },
      stale: false,
    });
  });
});
