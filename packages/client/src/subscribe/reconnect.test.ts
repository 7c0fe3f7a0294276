import { describe, expect, it } from "vitest";
import { ClientError } from "../errors.ts";
import { createHeldAdapter } from "../test-support/held-adapter.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { createSubscription, type ReconnectOptions } from "./index.ts";

interface Api {
  prices: { GET: { data: number }; POST: { data: number; body: string } };
}

/** A mounted subscription with its connection still to be opened. */
async function mounted(reconnect?: ReconnectOptions | false) {
  const made = { ...createTestBench<Api>(), ...createHeldAdapter() };
  const prices = createSubscription(made.client, "prices", {
    adapter: made.adapter,
    ...(reconnect !== undefined && { reconnect }),
  });
  prices.mount();
  await flushMicrotasks();
  const latest = () => made.connections.at(-1)!;
  const snapshot = () => prices.getSnapshot();
  /** How many milliseconds later the next connection is opened. */
  const waited = async () => {
    const before = made.connections.length;
    let ms = 0;
    for (; made.connections.length === before && ms < 100_000; ms += 50) await made.clock.advance(50);
    return ms;
  };
  return { ...made, prices, latest, snapshot, waited };
}

describe("a connection that is lost", () => {
  it("is opened again after a while, and says why it is not there meanwhile", async () => {
    const { latest, snapshot, connections, clock, waited } = await mounted();
    await latest().open();
    latest().send(1);
    const cause = new Error("cut off");
    latest().lose(cause);
    expect(snapshot()).toMatchObject({
      data: 1,
      status: "connecting",
      error: { code: "CONNECTION_LOST", cause },
      failedAttempts: 1,
    });
    const ms = await waited();
    expect(ms).toBeGreaterThanOrEqual(500);
    expect(ms).toBeLessThanOrEqual(1_000);
    await latest().open();
    expect(snapshot()).toMatchObject({ data: 1, status: "open", error: undefined });
    expect([connections.length, clock.scheduled]).toEqual([2, 0]);
  });

  it("is waited for longer each time, with jitter, up to the longest wait", async () => {
    const { latest, waited } = await mounted({ delayMs: 1_000, maxDelayMs: 5_000 });
    const waits: number[] = [];
    for (let times = 0; times < 6; times += 1) {
      await latest().open();
      latest().lose();
      waits.push(await waited());
    }
    for (const [at, longest] of [1_000, 2_000, 4_000, 5_000, 5_000, 5_000].entries()) {
      expect(waits[at]).toBeGreaterThanOrEqual(longest / 2);
      expect(waits[at]).toBeLessThanOrEqual(longest);
    }
  });

  it("is waited for as at first once a message has come", async () => {
    const { latest, snapshot, waited } = await mounted();
    for (let times = 0; times < 3; times += 1) {
      await latest().open();
      latest().lose();
      await waited();
    }
    expect(snapshot().failedAttempts).toBe(3);
    await latest().open();
    latest().send(1);
    expect(snapshot().failedAttempts).toBe(0);
    latest().lose();
    expect(snapshot().failedAttempts).toBe(1);
    expect(await waited()).toBeLessThanOrEqual(1_000);
  });

  it("also once it has lasted for long without one", async () => {
    const { latest, snapshot, waited, clock } = await mounted();
    for (let times = 0; times < 3; times += 1) {
      await latest().open();
      latest().lose();
      await waited();
    }
    await latest().open();
    await clock.advance(30_000);
    latest().lose();
    expect(snapshot().failedAttempts).toBe(1);
  });

  it("is waited for as long as the server asks", async () => {
    const { latest, waited } = await mounted();
    await latest().open();
    latest().askForDelay(10_000);
    latest().lose();
    const ms = await waited();
    expect(ms).toBeGreaterThanOrEqual(5_000);
    expect(ms).toBeLessThanOrEqual(10_000);
  });

  it("is not stormed when the server asks for no wait at all", async () => {
    const { latest, connections, clock } = await mounted();
    await latest().open();
    latest().askForDelay(0);
    latest().lose();
    await clock.advance(49);
    expect(connections).toHaveLength(1);
  });

  it("is given up after as many times as there are to be", async () => {
    const { latest, snapshot, connections, waited, clock } = await mounted({ retries: 2 });
    for (let times = 0; times < 2; times += 1) {
      await latest().refuse(new TypeError("fetch failed"));
      await waited();
    }
    await latest().refuse(new TypeError("fetch failed"));
    expect(snapshot()).toMatchObject({
      status: "error",
      error: { code: "NETWORK_ERROR" },
      failedAttempts: 3,
    });
    expect([connections.length, clock.scheduled]).toEqual([3, 0]);
  });

  it("is given up when the adapter says for good what is wrong", async () => {
    const { latest, snapshot, clock } = await mounted();
    await latest().open();
    latest().lose(new ClientError("RESPONSE_TOO_LARGE", "a message is too large"));
    expect(snapshot()).toMatchObject({ status: "error", error: { code: "RESPONSE_TOO_LARGE" } });
    expect(clock.scheduled).toBe(0);
  });

  it("is not opened again where that is not wanted", async () => {
    const { latest, snapshot, clock } = await mounted(false);
    await latest().open();
    latest().lose();
    expect(snapshot()).toMatchObject({ status: "error", error: { code: "CONNECTION_LOST" } });
    expect(clock.scheduled).toBe(0);
  });

  it("of a method that is no GET is not opened again by itself: it might do something twice", async () => {
    const { client, adapter, connections, clock } = { ...createTestBench<Api>(), ...createHeldAdapter() };
    const answers = createSubscription(client, "prices", { adapter, method: "POST", body: "ask" });
    answers.mount();
    await flushMicrotasks();
    expect(connections[0]?.request).toMatchObject({ method: "POST", body: "ask" });
    await connections[0]?.open();
    connections[0]?.lose();
    expect([answers.getSnapshot().status, clock.scheduled]).toEqual(["error", 0]);
  });

  it("is opened at once when somebody asks for it, and not once more later", async () => {
    const { prices, latest, snapshot, connections, clock } = await mounted();
    await latest().open();
    latest().lose();
    prices.reconnect();
    await flushMicrotasks();
    await latest().open();
    expect(snapshot()).toMatchObject({ status: "open", failedAttempts: 0 });
    await clock.advance(60_000);
    expect([connections.length, clock.scheduled]).toEqual([2, 0]);
  });

  it("is not opened again when it is unmounted meanwhile", async () => {
    const { prices, latest, connections, clock } = await mounted();
    await latest().open();
    latest().lose();
    prices.unmount();
    expect(clock.scheduled).toBe(0);
    await clock.advance(60_000);
    expect(connections).toHaveLength(1);
  });
});

describe("a connection that is refused", () => {
  it.each([
    [503, true],
    [500, true],
    [429, true],
    [408, true],
    [401, false],
    [403, false],
    [404, false],
  ])("with status %i is tried again: %s", async (status, isTried) => {
    const { latest, snapshot, clock } = await mounted();
    await latest().open({ status, data: { reason: "no" } });
    expect(snapshot()).toMatchObject({
      status: isTried ? "connecting" : "error",
      error: { code: "HTTP_ERROR", status, body: { reason: "no" } },
    });
    expect(clock.scheduled).toBe(isTried ? 1 : 0);
  });

  it.each([
    ["20", 20_000],
    ["Thu, 01 Jan 1970 00:00:20 GMT", 20_000],
    ["nonsense", 500],
  ])("is waited for as Retry-After asks: %s", async (value, leastMs) => {
    const { latest, waited } = await mounted();
    await latest().open({ status: 503, headers: { "retry-after": value } });
    const ms = await waited();
    expect(ms).toBeGreaterThanOrEqual(leastMs);
    expect(ms).toBeLessThanOrEqual(Math.max(leastMs, 1_000));
  });

  it("is tried again as a function says", async () => {
    const seen: unknown[] = [];
    const { latest, snapshot, waited } = await mounted({
      shouldReconnect(error, attempt) {
        seen.push([error.status, attempt]);
        return attempt < 2;
      },
    });
    await latest().open({ status: 404 });
    await waited();
    await latest().open({ status: 404 });
    expect(seen).toEqual([
      [404, 1],
      [404, 2],
    ]);
    expect(snapshot()).toMatchObject({ status: "error" });
  });

  it("is given up when that function throws, which is reported", async () => {
    const cause = new Error("no idea");
    const { latest, snapshot, reported } = await mounted({
      shouldReconnect() {
        throw cause;
      },
    });
    await latest().open({ status: 503 });
    expect(snapshot().status).toBe("error");
    expect(reported).toMatchObject([{ code: "OPTION_THREW", cause }]);
  });
});

describe("the last event id", () => {
  it("is told to the next connection, and to none when there is none", async () => {
    const { latest, snapshot, waited } = await mounted();
    expect(latest().request.headers["last-event-id"]).toBeUndefined();
    await latest().open();
    latest().send(1, { id: "7" });
    latest().send(2);
    expect(snapshot().lastEventId).toBe("7");
    latest().lose();
    await waited();
    expect(latest().request.headers["last-event-id"]).toBe("7");
  });

  it("may come without a message, and be taken back", async () => {
    const { latest, snapshot, waited } = await mounted();
    await latest().open();
    latest().sendId("7");
    expect(snapshot()).toMatchObject({ lastEventId: "7", data: undefined });
    latest().sendId("");
    latest().lose();
    await waited();
    expect(latest().request.headers["last-event-id"]).toBeUndefined();
  });

  it("goes as bytes that a header can carry", async () => {
    const { latest, waited } = await mounted();
    await latest().open();
    latest().send(1, { id: "ü€" });
    latest().lose();
    await waited();
    const sent = latest().request.headers["last-event-id"]!;
    const bytes = Uint8Array.from(sent, (character) => character.charCodeAt(0));
    expect(new TextDecoder().decode(bytes)).toBe("ü€");
    expect(() => new Headers({ "last-event-id": sent })).not.toThrow();
  });
});
