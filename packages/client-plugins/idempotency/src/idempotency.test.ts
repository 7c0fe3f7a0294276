import { retry } from "@x/client-retry";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { idempotency } from "./index.ts";
import { ordering } from "./test-support.ts";

const DOWN = { status: 503 };
const OFFLINE = new TypeError("fetch failed");

describe("a write", () => {
  it("carries a key, and tells it in its meta", async () => {
    const { order, keys } = ordering();
    const { meta } = await order({ item: 7 });
    expect(meta.idempotencyKey).toBe("k1");
    expect(keys()).toEqual(["k1"]);
  });

  it("has a key of 128 random bits by default", async () => {
    const { client: bare, transport } = createTestBench();
    transport.reply("POST orders", { status: 201 });
    const client = bare.use([idempotency()]);
    const found = new Set<string | undefined>();
    for (let at = 0; at < 100; at += 1) found.add((await client.post("orders")).meta.idempotencyKey);
    expect(found.size).toBe(100);
    for (const key of found) expect(key).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    ["POST", ["k1"]],
    ["PATCH", ["k1"]],
    ["PUT", [undefined]],
    ["DELETE", [undefined]],
    ["GET", [undefined]],
  ])("has one if a second %s would do more than the first", async (method, expected) => {
    const { client, keys } = ordering();
    await client.request("orders", { method });
    expect(keys()).toEqual(expected);
  });

  it("may be of other methods, and another header", async () => {
    const { client, transport } = ordering([{ status: 200 }], { methods: ["PUT"], header: "X-Idem" });
    await client.put("orders");
    await client.post("orders");
    expect(transport.requests.map(({ headers }) => headers["x-idem"])).toEqual(["k1", undefined]);
  });

  it("may have a key of the caller's, by whatever method, or none", async () => {
    const { client, order, keys } = ordering();
    expect((await order(1, { idempotencyKey: "mine" })).meta.idempotencyKey).toBe("mine");
    await client.put("orders", { idempotencyKey: "mine too" });
    expect((await order(1, { idempotencyKey: false })).meta.idempotencyKey).toBeUndefined();
    expect(keys()).toEqual(["mine", "mine too", undefined]);
  });

  it("keeps a header that the caller gave it", async () => {
    const { client, keys } = ordering();
    await client.post("orders", { headers: { "Idempotency-Key": "by hand" } });
    expect(keys()).toEqual(["by hand"]);
  });
});

describe("over retries", () => {
  it("B-34: the key stays the same, and the write is retried because of it", async () => {
    const { order, keys, clock } = ordering([DOWN, OFFLINE, { status: 201 }], {}, [retry()]);
    const pending = order({ item: 7 });
    await clock.advance(60_000);
    expect((await pending).status).toBe(201);
    expect(keys()).toEqual(["k1", "k1", "k1"]);
  });

  it("so does one by another header, and one of the caller's", async () => {
    const { client, transport, clock } = ordering([DOWN, { status: 201 }], { header: "x-idem" }, [retry()]);
    const pending = client.put("orders", { idempotencyKey: "mine" });
    await clock.advance(60_000);
    await pending;
    expect(transport.requests.map(({ headers }) => headers["x-idem"])).toEqual(["mine", "mine"]);
  });

  it("a write without a key is not retried", async () => {
    const { order, keys, clock } = ordering([DOWN], {}, [retry()]);
    const pending = order({ item: 7 }, { idempotencyKey: false });
    await clock.advance(60_000);
    expect((await pending).status).toBe(503);
    expect(keys()).toEqual([undefined]);
  });
});

describe("sending the same again", () => {
  it.each([
    ["no answer", OFFLINE],
    ["a server error", { status: 500 }],
    ["a gateway that gave up", { status: 504 }],
    ["a write that is still being worked on", { status: 409 }],
    ["too many requests", { status: 429 }],
  ])("after %s has the same key", async (_what, reply) => {
    const { order, keys } = ordering([reply, reply, { status: 201 }]);
    for (let attempt = 0; attempt < 3; attempt += 1) await order({ item: 7 });
    expect(keys()).toEqual(["k1", "k1", "k1"]);
  });

  it.each([
    ["success", { status: 201 }],
    ["success without a body", { status: 204 }],
    ["a refusal", { status: 422, data: { reason: "sold out" } }],
    ["a request to log in", { status: 401 }],
  ])("after %s has another: it is another order", async (_what, reply) => {
    const { order, keys } = ordering([reply]);
    await order({ item: 7 });
    await order({ item: 7 });
    expect(keys()).toEqual(["k1", "k2"]);
  });

  it("after an abort has the same key: the server may have had it", async () => {
    const { client, transport, keys } = ordering();
    transport.hold("POST slow");
    const controller = new AbortController();
    const pending = client.post("slow", { body: 1, signal: controller.signal });
    await flushMicrotasks();
    controller.abort();
    expect((await pending).aborted).toBe(true);
    void client.post("slow", { body: 1 });
    await flushMicrotasks();
    expect(keys()).toEqual(["k1", "k1"]);
  });

  it("while the first is under way has another: two of them are meant", async () => {
    const { order, keys } = ordering([OFFLINE, OFFLINE, { status: 201 }]);
    await Promise.all([order({ item: 7 }), order({ item: 7 })]);
    await order({ item: 7 });
    const [one, two, three] = keys();
    expect(new Set([one, two])).toEqual(new Set(["k1", "k2"]));
    // The first one's is kept.
    expect(three).toBe("k1");
  });

  it("a day later has another: the server has forgotten the first", async () => {
    const { order, keys, clock } = ordering([OFFLINE]);
    await order(1);
    await clock.advance(86_399_999);
    await order(1);
    await clock.advance(1);
    await order(1);
    expect(keys()).toEqual(["k1", "k1", "k3"]);
  });

  it("maxAgeMs later has another", async () => {
    const { order, keys, clock } = ordering([OFFLINE], { maxAgeMs: 1_000 });
    await order(1);
    await clock.advance(1_000);
    await order(1);
    expect(new Set(keys()).size).toBe(2);
  });
});

describe("what is the same", () => {
  /** Whether two writes, the first of which got no answer, have one key. */
  async function haveOneKey(first: object, second: object): Promise<boolean> {
    const { client, transport } = createTestBench();
    for (const route of ["POST orders", "PATCH orders", "POST orders/2"]) transport.reply(route, OFFLINE);
    const ordered = client.use([idempotency()]);
    const write = { method: "POST", path: "orders", body: { item: 7 } };
    for (const options of [first, second]) {
      const { path, ...rest } = { ...write, ...options };
      await ordered.request(path, rest);
    }
    const [one, two] = transport.requests.map(({ headers }) => headers["idempotency-key"]);
    return one === two;
  }

  it.each<[what: string, first: object, second: object, same: boolean]>([
    ["the same", {}, {}, true],
    ["another body", {}, { body: { item: 8 } }, false],
    ["no body", {}, { body: undefined }, false],
    ["the body as text", {}, { body: '{"item":7}' }, false],
    ["another query", { query: { a: 1 } }, { query: { a: 2 } }, false],
    ["another path", {}, { path: "orders/2" }, false],
    ["another method", {}, { method: "PATCH" }, false],
    ["another header", {}, { headers: { "x-trace": "2" } }, true],
    [
      "equal URL parameters",
      { body: new URLSearchParams("a=1") },
      { body: new URLSearchParams("a=1") },
      true,
    ],
    ["forms, which cannot be compared", { body: new FormData() }, { body: new FormData() }, false],
  ])("is %s: %o %o %s", async (_what, first, second, same) => {
    expect(await haveOneKey(first, second)).toBe(same);
  });
});

it("two clients with one plugin share no keys", async () => {
  const plugin = idempotency();
  const keys: (string | undefined)[] = [];
  for (const { client, transport } of [createTestBench(), createTestBench()]) {
    transport.reply("POST orders", OFFLINE);
    keys.push((await client.use([plugin]).post("orders", { body: 1 })).meta.idempotencyKey);
  }
  expect(keys[0]).not.toBe(keys[1]);
});
