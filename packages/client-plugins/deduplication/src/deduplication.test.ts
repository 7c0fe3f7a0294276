import type { ClientPlugin, GenericRequestOptions } from "@x/client";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { deduplication, type DeduplicationConfig, type DeduplicationOptions } from "./index.ts";

/** A client that deduplicates, and a server that answers `posts` when it is told to. */
function holding(config?: DeduplicationConfig, others: readonly ClientPlugin[] = []) {
  const { client: bare, transport, clock, reported } = createTestBench();
  const client = bare.use([deduplication(config), ...others]);
  const reads = transport.hold("GET posts");
  const writes = transport.hold("POST posts");
  const send = (options: GenericRequestOptions & DeduplicationOptions = {}) =>
    client.request("posts", options);
  return { client, transport, clock, reported, reads, writes, send };
}

/** How many fetches two requests are that are sent in one tick. */
async function countFetches(
  first: GenericRequestOptions & DeduplicationOptions,
  second = first,
  config?: DeduplicationConfig,
): Promise<number> {
  const { transport, send, client } = holding(config);
  const both = [send(first), send(second)];
  await flushMicrotasks();
  const { length } = transport.requests;
  client.dispose();
  // What is held, and has nobody to end it, stays unanswered.
  void both;
  return length;
}

describe("reads that are under way together", () => {
  it("B-33: are one fetch, whose answer all of them get", async () => {
    const { reads, send, transport, client } = holding();
    const first = send();
    await flushMicrotasks();
    const second = send();
    await flushMicrotasks();
    reads[0]?.reply({ data: "shared" });
    expect([(await first).data, (await second).data]).toEqual(["shared", "shared"]);
    expect(transport.requests).toHaveLength(1);
    expect(client.stateManager.getCache("GET posts")).toMatchObject({
      state: { data: "shared" },
      stale: false,
    });
  });

  it("B-33: are left by one caller's abort alone", async () => {
    for (const leaving of [0, 1]) {
      const { reads, transport, send } = holding();
      const controllers = [new AbortController(), new AbortController()];
      const callers = controllers.map(({ signal }) => send({ signal }));
      await flushMicrotasks();
      controllers[leaving]?.abort();
      expect(await callers[leaving]).toMatchObject({ aborted: true, error: { code: "ABORTED" } });
      expect(transport.requests[0]?.signal?.aborted).toBe(false);
      reads[0]?.reply({ data: "shared" });
      expect((await callers[1 - leaving])?.data).toBe("shared");
    }
  });

  it("C7: are aborted when the last caller has left", async () => {
    const { transport, send } = holding();
    const controllers = [new AbortController(), new AbortController()];
    const callers = controllers.map(({ signal }) => send({ signal }));
    await flushMicrotasks();
    for (const controller of controllers) controller.abort();
    expect((await Promise.all(callers)).map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(transport.requests[0]?.signal?.aborted).toBe(true);
  });

  it("B-18: share a failure, and the next call fetches again", async () => {
    const { reads, send, transport } = holding();
    const both = [send(), send()];
    await flushMicrotasks();
    reads[0]?.reply({ status: 503 });
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([503, 503]);
    const next = send();
    await flushMicrotasks();
    reads[1]?.reply({ data: "back" });
    expect((await next).data).toBe("back");
    expect(transport.requests).toHaveLength(2);
  });

  it("B-17: do not wait for themselves behind a plugin that waits", async () => {
    const waiting: ClientPlugin = {
      name: "test:waiting",
      priority: -20,
      async middleware(_, next) {
        await flushMicrotasks();
        return next();
      },
    };
    const { send, reads, transport } = holding({}, [
      waiting,
      { ...waiting, name: "test:inner", priority: 0 },
    ]);
    const both = [send(), send()];
    for (let wait = 0; wait < 3; wait += 1) await flushMicrotasks();
    reads[0]?.reply({ data: 1 });
    expect((await Promise.all(both)).map(({ data }) => data)).toEqual([1, 1]);
    expect(transport.requests).toHaveLength(1);
  });

  it("B-24: do not join a fetch of before a mutation, whose answer is not stored as fresh", async () => {
    const { client, reads, send } = holding();
    const before = send();
    await flushMicrotasks();
    client.stateManager.markStale("posts");
    const after = send();
    await flushMicrotasks();
    reads[1]?.reply({ data: "new" });
    await after;
    reads[0]?.reply({ data: "old" });
    expect((await before).data).toBe("old");
    expect(client.stateManager.getCache("GET posts")).toMatchObject({ state: { data: "new" }, stale: false });
  });

  it("share what all observers of a key are asked to fetch again", async () => {
    const { client, reads, transport } = holding();
    const observers = Array.from({ length: 5 }, () => client.observe("posts"));
    for (const observer of observers) observer.mount();
    await flushMicrotasks();
    reads[0]?.reply({ data: 1 });
    await flushMicrotasks();
    client.eventEmitter.emit("refetch", { queryKey: "GET posts" });
    await flushMicrotasks();
    reads[1]?.reply({ data: 2 });
    await flushMicrotasks();
    expect(observers.map((observer) => observer.getSnapshot().data)).toEqual([2, 2, 2, 2, 2]);
    expect(transport.requests).toHaveLength(2);
    client.dispose();
  });
});

describe("what decides whether two reads are equal", () => {
  it("is the query", async () => {
    expect(await countFetches({ query: { page: 1, tag: "a" } }, { query: { tag: "a", page: 1 } })).toBe(1);
    expect(await countFetches({ query: { page: 1 } }, { query: { page: 2 } })).toBe(2);
  });

  it("B-22: is what the caller's headers say, however they are written", async () => {
    const german = { headers: { "Accept-Language": "de", "x-tenant": "a" } };
    expect(await countFetches(german, { headers: { "X-Tenant": "a", "accept-language": "de" } })).toBe(1);
    expect(await countFetches(german, { headers: { "accept-language": "en", "x-tenant": "a" } })).toBe(2);
    expect(await countFetches(german, {})).toBe(2);
    expect(await countFetches({ headers: { authorization: undefined } }, {})).toBe(2);
  });

  it("is no header that a plugin inside adds, such as a trace id", async () => {
    let traces = 0;
    const tracing: ClientPlugin = {
      name: "test:tracing",
      middleware(context, next) {
        context.request.headers["x-trace"] = String((traces += 1));
        return next();
      },
    };
    const { send, reads, transport } = holding({}, [tracing]);
    const both = [send(), send()];
    await flushMicrotasks();
    reads[0]?.reply({ data: 1 });
    await Promise.all(both);
    expect([transport.requests.length, traces]).toEqual([1, 2]);
  });

  it("B-22: is how the answer is read, and what can be read once is for one", async () => {
    expect(await countFetches({ responseType: "text" })).toBe(1);
    expect(await countFetches({ responseType: "text" }, { responseType: "blob" })).toBe(2);
    expect(await countFetches({ responseType: "stream" })).toBe(2);
  });
});

describe("dedupe", () => {
  it("B-33: false makes two fetches", async () => {
    expect(await countFetches({ dedupe: false })).toBe(2);
  });

  it("false is joined by nobody either", async () => {
    expect(await countFetches({ dedupe: false }, {})).toBe(2);
    expect(await countFetches({}, { dedupe: false })).toBe(2);
  });

  it("undefined is as if it were left out", async () => {
    expect(await countFetches({ dedupe: undefined })).toBe(1);
  });
});

describe("writes", () => {
  const post = { method: "POST", body: { title: "Hi" } };

  it("B-33: are not deduplicated by default", async () => {
    expect(await countFetches(post)).toBe(2);
  });

  it("are by `dedupe: true`, where they send the same", async () => {
    const { send, writes, transport } = holding();
    const both = [
      send({ ...post, dedupe: true }),
      send({ method: "POST", body: { title: "Hi" }, dedupe: true }),
    ];
    await flushMicrotasks();
    writes[0]?.reply({ status: 201, data: { id: 1 } });
    expect((await Promise.all(both)).map(({ data }) => data)).toEqual([{ id: 1 }, { id: 1 }]);
    expect(transport.requests).toHaveLength(1);
  });

  it.each([
    ["two contents", { title: "Hi" }, { title: "Ho" }, 2],
    ["a body and none", { title: "Hi" }, undefined, 2],
    ["equal texts", "Hi", "Hi", 1],
    ["a text and the JSON of it", "Hi", ["Hi"], 2],
    ["equal URL parameters", new URLSearchParams("a=1"), new URLSearchParams("a=1"), 1],
    ["two forms, whose content nobody can see", new FormData(), new FormData(), 2],
    ["one blob", new Blob(["Hi"]), new Blob(["Ho"]), 2],
    ["two buffers", new Uint8Array([1]), new Uint8Array([2]), 2],
    ["a function, which cannot be sent", () => {}, () => {}, 0],
    ["a BigInt, which cannot be sent", { id: 1n }, { id: 1n }, 0],
  ])("of %s are told apart", async (_what, first, second, fetches) => {
    const write = { method: "POST", dedupe: true };
    expect(await countFetches({ ...write, body: first }, { ...write, body: second })).toBe(fetches);
  });
});

describe("operations", () => {
  it("are those whose requests share, unless they say otherwise", async () => {
    const custom = { operation: "acme:export" };
    expect(await countFetches(custom)).toBe(2);
    expect(await countFetches(custom, custom, { operations: ["acme:export"] })).toBe(1);
    expect(await countFetches({}, {}, { operations: ["acme:export"] })).toBe(2);
    expect(await countFetches({ dedupe: true }, { dedupe: true }, { operations: [] })).toBe(1);
  });
});

it("two clients with one plugin share no fetch", async () => {
  const plugin = deduplication();
  const benches = [createTestBench(), createTestBench()];
  const both = benches.map(({ client, transport }, index) => {
    transport.reply("GET posts", { data: index });
    return client.use([plugin]).get("posts");
  });
  expect((await Promise.all(both)).map(({ data }) => data)).toEqual([0, 1]);
});
