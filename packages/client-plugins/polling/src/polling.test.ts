import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { polling } from "./index.ts";
import { counting } from "./test-support/counting.ts";

describe("polling", () => {
  it("B-40: is per observer: each by its own interval", async () => {
    const { observe, clock, askedAt } = counting();
    observe({ refetchInterval: 1_000 });
    observe({ refetchInterval: 1_500, query: { page: 2 } });
    observe({ query: { page: 3 } });
    await clock.advance(4_500);
    expect(askedAt).toEqual([0, 0, 0, 1_000, 1_500, 2_000, 3_000, 3_000, 4_000, 4_500]);
  });

  it("B-40: by a function of the latest response, which may end it", async () => {
    const { observe, clock, askedAt } = counting();
    observe({
      refetchInterval: ({ data, status }) => (data === 4 ? false : Number(data) * 100 + status),
    });
    await clock.advance(100_000);
    expect(askedAt).toEqual([0, 300, 700, 1_200]);
    expect(clock.scheduled).toBe(0);
  });

  it("B-40: schedules nothing after unmount, whatever is under way then", async () => {
    const { observe, clock, askedAt, client, transport } = counting({ refetchInterval: 1_000 });
    const observer = observe();
    await clock.advance(500);
    observer.unmount();
    expect(clock.scheduled).toBe(0);

    const held = transport.hold("GET slow");
    const slow = client.observe("slow");
    slow.mount();
    await flushMicrotasks();
    slow.unmount();
    held[0]?.reply({ data: 1 });
    await clock.advance(100_000);
    expect([askedAt, held.length, clock.scheduled]).toEqual([[0], 1, 0]);
  });

  it("B-40: begins again when the observer is mounted again", async () => {
    const { observe, clock, askedAt } = counting({ refetchInterval: 1_000 });
    const observer = observe();
    await clock.advance(500);
    observer.unmount();
    await clock.advance(5_000);
    observer.mount();
    await clock.advance(1_000);
    expect(askedAt).toEqual([0, 5_500, 6_500]);
  });

  it("B-40: survives a failed request, and one without a response", async () => {
    const { client, transport, clock } = createTestBench();
    transport
      .reply("GET jobs", { status: 503 })
      .reply("GET jobs", new Error("offline"))
      .reply("GET jobs", { data: "done" });
    const observer = client.use([polling({ refetchInterval: 1_000 })]).observe("jobs");
    observer.mount();
    await clock.advance(2_000);
    expect(observer.getSnapshot()).toMatchObject({ data: "done", error: undefined });
    observer.unmount();
  });

  it("counts from the answer, so that a slow server is not asked twice at once", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET jobs", { data: 1 }, { delayMs: 5_000 });
    const observer = client.use([polling({ refetchInterval: 1_000 })]).observe("jobs");
    observer.mount();
    await clock.advance(5_999);
    expect(transport.requests).toHaveLength(1);
    await clock.advance(1);
    expect(transport.requests).toHaveLength(2);
    observer.unmount();
  });

  it("counts anew from a refetch by somebody else", async () => {
    const { observe, clock, askedAt } = counting({ refetchInterval: 1_000 });
    const observer = observe();
    await clock.advance(600);
    await observer.refetch();
    await clock.advance(1_000);
    expect(askedAt).toEqual([0, 600, 1_600]);
  });

  it("goes to the network each time, past a cache", async () => {
    const { client: bare, transport, clock } = createTestBench();
    transport.reply("GET jobs", { data: 1 });
    const client = bare.use([
      {
        name: "cache",
        middleware({ stateManager, queryKey, forceRefetch }, next) {
          const entry = forceRefetch ? undefined : stateManager.getCache(queryKey);
          return entry ? { data: entry.state.data, status: 200 } : next();
        },
      },
      polling({ refetchInterval: 1_000 }),
    ]);
    await client.get("jobs");
    const observer = client.observe("jobs");
    observer.mount();
    await clock.advance(2_000);
    expect(transport.requests).toHaveLength(3);
    observer.unmount();
  });

  it.each([0, -1, NaN, Infinity, false] as const)(
    "is none with an interval of %s",
    async (refetchInterval) => {
      const { observe, clock, askedAt } = counting({ refetchInterval: 1_000 });
      observe({ refetchInterval });
      await clock.advance(100_000);
      expect([askedAt, clock.scheduled]).toEqual([[0], 0]);
    },
  );

  it("is none for a call, an observer that is not mounted, or a write", async () => {
    const { client, clock, transport } = counting({ refetchInterval: 1_000 });
    transport.reply("POST jobs", { data: 1 });
    await client.get("jobs");
    await client.observe("jobs").send();
    const write = client.observeRequest("jobs", { method: "POST" });
    write.mount();
    await write.send();
    expect(clock.scheduled).toBe(0);
  });

  it("ends when the caller's signal has aborted, for every later request would", async () => {
    const { client, clock, askedAt } = counting({ refetchInterval: 1_000 });
    const controller = new AbortController();
    const observer = client.observe("jobs", { signal: controller.signal });
    observer.mount();
    await clock.advance(1_500);
    controller.abort();
    await clock.advance(100_000);
    expect([askedAt, clock.scheduled]).toEqual([[0, 1_000], 0]);
  });

  it("ends with the client", async () => {
    const { client, observe, clock, askedAt } = counting({ refetchInterval: 1_000 });
    observe();
    await clock.advance(100);
    client.dispose();
    await clock.advance(100_000);
    expect([askedAt, clock.scheduled]).toEqual([[0], 0]);
  });

  it("is reported and ended by a function that throws", async () => {
    const { observe, clock, reported, askedAt } = counting();
    observe({
      refetchInterval: () => {
        throw new Error("no");
      },
    });
    await clock.advance(1_000);
    expect(reported.map(({ code, plugin }) => [code, plugin])).toEqual([["AFTER_RESPONSE_THREW", "polling"]]);
    expect(askedAt).toEqual([0]);
  });
});

describe("new options", () => {
  it("change the interval, counted from the last answer", async () => {
    const { observe, clock, askedAt } = counting();
    const observer = observe({ refetchInterval: 5_000 });
    await clock.advance(1_000);
    observer.update({ refetchInterval: 1_500 });
    await clock.advance(500);
    expect(askedAt).toEqual([0, 1_500]);
    observer.update({ refetchInterval: false });
    await clock.advance(100_000);
    expect([askedAt, clock.scheduled]).toEqual([[0, 1_500], 0]);
    observer.update({ refetchInterval: 200 });
    await flushMicrotasks();
    await clock.advance(0);
    expect(askedAt).toEqual([0, 1_500, 101_500]);
    observer.unmount();
  });

  it("leave an interval that stays the same alone", async () => {
    const { observe, clock, askedAt } = counting();
    const observer = observe({ refetchInterval: 1_000 });
    for (let time = 0; time < 5; time += 1) {
      await clock.advance(300);
      observer.update({ refetchInterval: 1_000 });
    }
    expect([askedAt, clock.scheduled]).toEqual([[0, 1_000], 1]);
    observer.unmount();
  });

  it("hold for the request that is under way", async () => {
    const { client, transport, clock } = createTestBench();
    const held = transport.hold("GET jobs");
    const observer = client.use([polling()]).observe("jobs", { refetchInterval: 1_000 });
    observer.mount();
    await flushMicrotasks();
    observer.update({ refetchInterval: 3_000 });
    held[0]?.reply({ data: 1 });
    await clock.advance(2_999);
    expect(held).toHaveLength(1);
    await clock.advance(1);
    expect(held).toHaveLength(2);
    observer.unmount();
    expect(clock.scheduled).toBe(0);
  });

  it("with another key begin with its answer", async () => {
    const { observe, clock, askedAt } = counting();
    const observer = observe({ refetchInterval: 1_000 });
    await clock.advance(600);
    observer.update({ refetchInterval: 1_000, query: { page: 2 } });
    await clock.advance(1_000);
    expect([askedAt, clock.scheduled]).toEqual([[0, 600, 1_600], 1]);
    observer.unmount();
  });
});

it("two clients with one plugin share nothing", async () => {
  const shared = polling({ refetchInterval: 1_000 });
  const { client, transport, clock } = createTestBench();
  transport.reply("GET jobs", { data: 1 });
  const [first, second] = [client.use([shared]), client.use([shared])];
  first.observe("jobs").mount();
  second.observe("jobs").mount();
  await clock.advance(500);
  first.dispose();
  await clock.advance(500);
  expect(transport.requests).toHaveLength(3);
  second.dispose();
  expect(clock.scheduled).toBe(0);
});
