import { createTestBench, flushMicrotasks, type Reply } from "@x/client/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { retry } from "./index.ts";
import { DOWN, retrying, UP } from "./test-support.ts";

afterEach(() => void vi.restoreAllMocks());

describe("the delay", () => {
  it("B-34: grows and is jittered", async () => {
    for (let run = 0; run < 20; run += 1) {
      const { send, sentAt } = retrying([DOWN], { retries: 4, retryDelay: 1_000 });
      await send();
      const delays = sentAt.slice(1).map((at, index) => at - sentAt[index]!);
      delays.forEach((delay, index) => {
        expect(delay).toBeGreaterThanOrEqual(500 * 2 ** index);
        expect(delay).toBeLessThanOrEqual(1_000 * 2 ** index);
      });
    }
  });

  it.each([
    [0, [500, 1_000, 2_000, 2_500]],
    [0.5, [750, 1_500, 3_000, 3_750]],
  ])(
    "is, with a jitter of %d, from half to the whole, and never above the longest",
    async (random, delays) => {
      vi.spyOn(Math, "random").mockReturnValue(random);
      const { send, sentAt } = retrying([DOWN], { retries: 4, maxRetryDelay: 5_000 });
      await send();
      expect(sentAt.slice(1).map((at, index) => at - sentAt[index]!)).toEqual(delays);
    },
  );

  it("may be a function, whose waits are not jittered", async () => {
    const { send, sentAt } = retrying([DOWN], {
      retryDelay: (attempt, { status }) => attempt * Number(status),
    });
    await send();
    expect(sentAt).toEqual([0, 503, 503 + 1_006, 503 + 1_006 + 1_509]);
  });

  it("of a function is not above the longest either", async () => {
    const { send, sentAt } = retrying([DOWN, UP], { retryDelay: () => Infinity, maxRetryDelay: 2_000 });
    await send();
    expect(sentAt).toEqual([0, 2_000]);
  });

  it("may be none", async () => {
    const { send, sentAt } = retrying([DOWN, DOWN, UP], { retryDelay: 0 });
    expect((await send()).data).toBe("up");
    expect(sentAt).toEqual([0, 0, 0]);
  });
});

describe("Retry-After", () => {
  const after = (value: string, more: Record<string, string> = {}): Reply => ({
    status: 503,
    headers: { "retry-after": value, ...more },
  });

  it("B-34: in seconds is honoured", async () => {
    const { send, sentAt } = retrying([after("7"), after("0"), UP]);
    expect((await send()).data).toBe("up");
    expect(sentAt).toEqual([0, 7_000, 7_000]);
  });

  it("B-34: as a date is honoured", async () => {
    const { send, sentAt } = retrying([after(new Date(12_000).toUTCString()), UP]);
    await send();
    expect(sentAt).toEqual([0, 12_000]);
  });

  it("as a date is by the server's clock, where the response tells it", async () => {
    const date = new Date("2031-05-01T10:00:00Z");
    const until = new Date(date.getTime() + 5_000).toUTCString();
    const { send, sentAt } = retrying([after(until, { date: date.toUTCString() }), UP]);
    await send();
    expect(sentAt).toEqual([0, 5_000]);
  });

  it("of the past is now, and without a meaning it is as if it were not there", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const { send, sentAt } = retrying([after("Thu, 01 Jan 1970 00:00:00 GMT"), after("soon"), UP]);
    await send();
    expect(sentAt).toEqual([0, 0, 2_000]);
  });

  it("that is longer than the longest wait is not waited for, nor come before", async () => {
    const { send, transport, clock } = retrying([after("31"), UP]);
    expect((await send()).status).toBe(503);
    expect([transport.requests.length, clock.scheduled]).toEqual([1, 0]);
    expect((await send({ maxRetryDelay: 31_000 })).data).toBe("up");
  });
});

describe("an abort", () => {
  it("B-34: of the fetch is one fetch", async () => {
    const { client, transport, clock } = createTestBench();
    transport.hold("GET posts");
    const controller = new AbortController();
    const pending = client.use([retry()]).get("posts", { signal: controller.signal });
    await clock.advance(10);
    controller.abort();
    expect(await pending).toMatchObject({ aborted: true, error: { code: "ABORTED" } });
    await clock.advance(100_000);
    expect([transport.requests.length, clock.scheduled]).toEqual([1, 0]);
  });

  it.each([undefined, "bored", new Error("bored")])(
    "B-23: ends the wait at once, for the reason %s",
    async (reason) => {
      const { client, transport, clock, reported } = retrying([DOWN, UP]);
      const controller = new AbortController();
      const pending = client.get("posts", { signal: controller.signal });
      await clock.advance(100);
      expect(clock.scheduled).toBe(1);
      controller.abort(reason);
      expect(await pending).toMatchObject({ aborted: true, status: 0, error: { code: "ABORTED" } });
      expect([transport.requests.length, clock.scheduled, reported]).toEqual([1, 0, []]);
    },
  );

  it("leaves no listener on a signal that lives on", async () => {
    const { send } = retrying([DOWN, DOWN, UP]);
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    await send({ signal });
    expect(added.mock.calls.length).toBeGreaterThan(0);
    expect(removed.mock.calls.length).toBeGreaterThanOrEqual(added.mock.calls.length);
  });
});

describe("dispose", () => {
  it("B-31: ends the wait: no timer is left, and the request settles with the failure", async () => {
    const { client, transport, clock } = retrying([DOWN, UP]);
    const pending = client.get("posts");
    await clock.advance(100);
    client.dispose();
    expect(clock.scheduled).toBe(0);
    expect((await pending).status).toBe(503);
    expect(transport.requests).toHaveLength(1);
  });

  it("B-31: is heeded by a fetch that fails after it", async () => {
    const { client, transport, clock } = createTestBench();
    const held = transport.hold("GET posts");
    const disposed = client.use([retry()]);
    const pending = disposed.get("posts");
    await flushMicrotasks();
    disposed.dispose();
    held[0]?.reply(DOWN);
    expect((await pending).status).toBe(503);
    expect([transport.requests.length, clock.scheduled]).toEqual([1, 0]);
  });

  it("of one client leaves the waits of another that has the same plugin", async () => {
    const plugin = retry();
    const [one, two] = [createTestBench(), createTestBench()];
    for (const { transport } of [one, two]) transport.reply("GET posts", DOWN).reply("GET posts", UP);
    const [first, second] = [one.client.use([plugin]), two.client.use([plugin])];
    const both = [first.get("posts"), second.get("posts")];
    await Promise.all([one.clock.advance(100), two.clock.advance(100)]);
    first.dispose();
    await two.clock.advance(10_000);
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([503, 200]);
  });
});
