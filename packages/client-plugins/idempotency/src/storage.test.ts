import { flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import type { IdempotencyStorage } from "./index.ts";
import { createLasting, ordering } from "./test-support.ts";

const OFFLINE = new TypeError("fetch failed");

describe("over reloads", () => {
  it("the key stays the same for a write that a reload has cut off", async () => {
    const storage = createLasting();
    const before = ordering([], { storage });
    before.transport.hold("POST orders");
    void before.order({ item: 7 }, { signal: new AbortController().signal });
    await flushMicrotasks();
    before.client.dispose();

    const after = ordering([{ status: 201 }], { storage, createKey: () => "of the new page" });
    await after.order({ item: 7 });
    expect(after.keys()).toEqual(before.keys());
    await after.order({ item: 7 });
    expect(after.keys()).toEqual(["k1", "of the new page"]);
  });

  it("nothing is left in the storage when the server has answered", async () => {
    const storage = createLasting();
    const { order } = ordering([OFFLINE, { status: 201 }], { storage });
    await order({ card: "4111 1111" });
    expect(storage.items.size).toBe(1);
    // Nor does it tell what was sent, while it is there.
    expect(JSON.stringify([...storage.items])).not.toContain("4111");
    await order({ card: "4111 1111" });
    expect(storage.items.size).toBe(0);
  });

  it("what is kept is not used beyond its age", async () => {
    const storage = createLasting();
    await ordering([OFFLINE], { storage, maxAgeMs: 1_000 }).order(1);
    const late = ordering([OFFLINE], { storage, createKey: () => "new" });
    await late.clock.advance(1_000);
    await late.order(1);
    expect(late.keys()).toEqual(["new"]);
  });

  it("what somebody else has left there is not used", async () => {
    for (const left of ["null", "7", "{}", '{"key":1,"until":9}', '{"key":"k","until":"later"}']) {
      const storage: IdempotencyStorage = { getItem: () => left, setItem() {}, removeItem() {} };
      const { order, keys, reported } = ordering([{ status: 201 }], { storage });
      await order(1);
      expect([keys(), reported]).toEqual([["k1"], []]);
    }
  });
});

describe("an asynchronous storage", () => {
  /** One whose every answer takes a millisecond. */
  function slow(
    storage: ReturnType<typeof createLasting>,
    schedule: (callback: () => void, ms: number) => unknown,
  ) {
    const later = async <Result>(act: () => Result) => {
      await new Promise<void>((resolve) => schedule(resolve, 1));
      return act();
    };
    return {
      getItem: (name: string) => later(() => storage.getItem(name)),
      setItem: (name: string, value: string) => later(() => storage.setItem(name, value)),
      removeItem: (name: string) => later(() => storage.removeItem(name)),
    };
  }

  function ordered(replies: Parameters<typeof ordering>[0]) {
    const lasting = createLasting();
    let schedule: Parameters<typeof slow>[1] = () => {};
    const bench = ordering(replies, { storage: slow(lasting, (callback, ms) => schedule(callback, ms)) });
    ({ schedule } = bench.clock);
    return { ...bench, lasting };
  }

  it("is waited for, so that the key is kept before the write is sent", async () => {
    const { order, keys, clock, lasting } = ordered([OFFLINE, { status: 201 }]);
    const first = order(1);
    await clock.advance(1);
    expect(keys()).toEqual([]);
    await clock.advance(1);
    expect([keys(), lasting.items.size]).toEqual([["k1"], 1]);
    await first;
    const second = order(1);
    await clock.advance(1);
    await second;
    expect(keys()).toEqual(["k1", "k1"]);
    await clock.advance(1);
    expect(lasting.items.size).toBe(0);
  });

  it("holds up nobody who has his answer, and gives no used key to the next in the meantime", async () => {
    const { order, keys, clock } = ordered([{ status: 201 }]);
    const first = order(1);
    await clock.advance(2);
    expect((await first).status).toBe(201);
    const second = order(1);
    await flushMicrotasks();
    expect((await second).status).toBe(201);
    expect(keys()).toEqual(["k1", "k2"]);
    await clock.advance(10);
  });

  it("is not waited for after an abort, and what comes late is given back", async () => {
    const lasting = createLasting();
    let answer: (value: null) => void = () => {};
    let waits = true;
    const storage: IdempotencyStorage = {
      ...lasting,
      getItem: (name) => (waits ? new Promise<null>((resolve) => (answer = resolve)) : lasting.getItem(name)),
    };
    const { order, keys, reported } = ordering([{ status: 201 }], { storage });
    const controller = new AbortController();
    const pending = order(1, { signal: controller.signal });
    await flushMicrotasks();
    controller.abort();
    expect(await pending).toMatchObject({ aborted: true, error: { code: "ABORTED" } });
    expect(keys()).toEqual([]);
    answer(null);
    await flushMicrotasks();
    waits = false;
    await order(1);
    // It was kept when it came, so the next equal write has it.
    expect([keys(), reported]).toEqual([["k1"], []]);
  });
});

describe("IDEMPOTENCY_STORAGE_FAILED", () => {
  const fault = new Error("quota exceeded");
  const throws = () => {
    throw fault;
  };
  const rejects = () => Promise.reject(fault);
  const expected = { code: "IDEMPOTENCY_STORAGE_FAILED", plugin: "idempotency", cause: fault };

  it.each<[method: keyof IdempotencyStorage, failure: () => never | Promise<never>]>([
    ["getItem", throws],
    ["getItem", rejects],
    ["setItem", throws],
    ["setItem", rejects],
    ["removeItem", throws],
    ["removeItem", rejects],
  ])("is reported when %s fails: %s; the write is sent with a key all the same", async (method, failure) => {
    const storage = { ...createLasting(), [method]: failure };
    const { order, keys, reported } = ordering([{ status: 201 }], { storage });
    expect((await order(1)).status).toBe(201);
    await flushMicrotasks();
    expect(keys()).toEqual(["k1"]);
    expect(reported).toEqual([expect.objectContaining(expected)]);
  });

  it("for a key that cannot be removed keeps it from being used again", async () => {
    for (const failure of [throws, rejects]) {
      const { order, keys } = ordering([{ status: 201 }], {
        storage: { ...createLasting(), removeItem: failure },
      });
      for (const _ of [1, 2, 3]) await order(1);
      expect(new Set(keys()).size).toBe(3);
    }
  });

  it("is reported when what is kept is no JSON", async () => {
    const { order, keys, reported } = ordering([{ status: 201 }], {
      storage: { getItem: () => "{", setItem() {}, removeItem() {} },
    });
    await order(1);
    expect(keys()).toEqual(["k1"]);
    expect(reported).toMatchObject([{ code: "IDEMPOTENCY_STORAGE_FAILED" }]);
  });
});

it("the memory of a client holds the keys of a thousand writes, and forgets the oldest first", async () => {
  const { order, keys } = ordering([OFFLINE]);
  for (let item = 0; item <= 1_000; item += 1) await order(item);
  await order(1_000);
  await order(0);
  const all = keys();
  expect(all.at(-2)).toBe(all[1_000]);
  expect(all.at(-1)).not.toBe(all[0]);
});
