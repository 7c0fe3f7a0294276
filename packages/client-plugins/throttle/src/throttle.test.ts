import type { ClientPlugin, GenericRequestOptions } from "@x/client";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { throttle, type ThrottleOptions } from "./index.ts";

/** A client whose server counts: each fetch of `prices` is answered with the next number. */
function counting(config: ThrottleOptions = { throttleMs: 1_000 }, others: readonly ClientPlugin[] = []) {
  const bench = createTestBench();
  let count = 0;
  bench.transport.reply("GET prices", () => ({ data: (count += 1) }));
  const client = bench.client.use([throttle(config), ...others]);
  const read = async (options?: GenericRequestOptions & ThrottleOptions) =>
    (await client.request("prices", options)).data;
  return { ...bench, client, read };
}

/** A client whose server answers when the test says so. */
function holding(others: readonly ClientPlugin[] = []) {
  const bench = createTestBench();
  const held = bench.transport.hold("GET prices");
  return { ...bench, held, client: bench.client.use([throttle({ throttleMs: 1_000 }), ...others]) };
}

describe("a window", () => {
  it("B-39: has one fetch, and further calls get the current data", async () => {
    const { read, clock, transport } = counting();
    expect(await read()).toBe(1);
    await clock.advance(999);
    expect(await read()).toBe(1);
    expect(transport.requests).toHaveLength(1);
    await clock.advance(1);
    expect(await read()).toBe(2);
    expect(await read()).toBe(2);
  });

  it("B-39: is of one key, and leaves other keys alone", async () => {
    const { read, transport } = counting();
    await read();
    expect(await read({ query: { currency: "EUR" } })).toBe(2);
    expect(await read({ query: { currency: "EUR" } })).toBe(2);
    expect(await read()).toBe(1);
    expect(transport.requests).toHaveLength(2);
  });

  it("B-39: lets a forced refetch pass, which begins it anew", async () => {
    const { read, clock } = counting();
    await read();
    await clock.advance(600);
    expect(await read({ forceRefetch: true })).toBe(2);
    await clock.advance(600);
    expect(await read()).toBe(2);
    await clock.advance(400);
    expect(await read()).toBe(3);
  });

  it("gives the current data, also when that was written by somebody else", async () => {
    const { read, client } = counting();
    await read();
    client.stateManager.setCache("GET prices", { state: { data: "written" } });
    expect(await read()).toBe("written");
  });

  it.each([0, "", false, null])("gives %j, which is data", async (data) => {
    const { client, transport } = createTestBench();
    transport.reply("GET prices", { data });
    const throttled = client.use([throttle({ throttleMs: 1_000 })]);
    await throttled.get("prices");
    expect(await throttled.get("prices")).toMatchObject({ data, error: undefined });
    expect(transport.requests).toHaveLength(1);
  });

  it("neither renews the data nor makes stale data fresh", async () => {
    const { read, clock, client } = counting();
    await read();
    client.stateManager.markStale("prices");
    await clock.advance(500);
    await read();
    expect(client.stateManager.getCache("GET prices")).toMatchObject({
      state: { timestamp: 0 },
      stale: true,
    });
  });

  it("does not keep from fetching what was forgotten", async () => {
    const { read, client } = counting();
    await read();
    client.stateManager.clear();
    expect(await read()).toBe(2);
  });

  it("is as long as a read says, and none for a read that says 0", async () => {
    const { read, clock } = counting();
    await read({ throttleMs: 5_000 });
    await clock.advance(4_999);
    expect(await read()).toBe(1);
    expect(await read({ throttleMs: 0 })).toBe(2);
    await clock.advance(1);
    expect(await read()).toBe(3);
  });

  it("is none by default, and never for a write", async () => {
    const { read } = counting({});
    expect([await read(), await read()]).toEqual([1, 2]);
    const { client, transport } = counting();
    transport.reply("POST prices", { status: 201 });
    await client.post("prices");
    await client.post("prices");
    expect(transport.requests).toHaveLength(2);
  });

  it("needs no timer", async () => {
    const { clock, read } = counting();
    await read();
    expect(clock.scheduled).toBe(0);
  });
});

describe("calls that come while it is fetched", () => {
  it("wait for that fetch", async () => {
    const { client, held, clock } = holding();
    const all = [client.get("prices"), client.get("prices")];
    await clock.advance(500);
    all.push(client.get("prices"));
    await flushMicrotasks();
    held[0]?.reply({ data: 1 });
    expect((await Promise.all(all)).map(({ data }) => data)).toEqual([1, 1, 1]);
    expect(held).toHaveLength(1);
  });

  it("wait for it even when it takes longer than the window", async () => {
    const { client, held, clock } = holding();
    const all = [client.get("prices"), client.get("prices")];
    await clock.advance(5_000);
    held[0]?.reply({ data: 1 });
    expect((await Promise.all(all)).map(({ data }) => data)).toEqual([1, 1]);
    expect(held).toHaveLength(1);
  });

  it("begin another when the window is over", async () => {
    const { client, held, clock } = holding();
    void client.get("prices");
    await clock.advance(1_000);
    void client.get("prices");
    await flushMicrotasks();
    expect(held).toHaveLength(2);
  });

  it("fail as it fails, and the next window fetches again", async () => {
    const { client, held, clock } = holding();
    const both = [client.get("prices"), client.get("prices")];
    await flushMicrotasks();
    held[0]?.reply({ status: 503 });
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([503, 503]);
    expect((await client.get("prices")).error?.code).toBe("HTTP_ERROR");
    expect(held).toHaveLength(1);
    await clock.advance(1_000);
    void client.get("prices");
    await flushMicrotasks();
    expect(held).toHaveLength(2);
  });

  it("get older data when it fails and there is some", async () => {
    const { client, held } = holding();
    client.stateManager.setCache("GET prices", { state: { data: "older" } });
    const both = [client.get("prices"), client.get("prices")];
    await flushMicrotasks();
    held[0]?.reply({ status: 503 });
    expect((await Promise.all(both)).map(({ data }) => data)).toEqual([undefined, "older"]);
  });

  it("share another one when the caller of the first has aborted", async () => {
    const { client, held } = holding();
    const controller = new AbortController();
    const first = client.get("prices", { signal: controller.signal });
    const others = [client.get("prices"), client.get("prices")];
    await flushMicrotasks();
    controller.abort();
    await flushMicrotasks();
    expect(held).toHaveLength(2);
    held[1]?.reply({ data: 2 });
    expect((await first).aborted).toBe(true);
    expect((await Promise.all(others)).map(({ data }) => data)).toEqual([2, 2]);
  });

  it("leave alone when they abort, at once, and let go of their signal", async () => {
    const { client, held } = holding();
    const controller = new AbortController();
    const first = client.get("prices");
    const second = client.get("prices", { signal: controller.signal });
    await flushMicrotasks();
    controller.abort(new Error("bored"));
    expect(await second).toMatchObject({ aborted: true, error: { code: "ABORTED" } });
    held[0]?.reply({ data: 1 });
    expect((await first).data).toBe(1);
  });

  it("get nothing of a state that was cleared meanwhile", async () => {
    const { client, held } = holding();
    const first = client.get("prices");
    const second = client.get("prices");
    await flushMicrotasks();
    client.stateManager.clear();
    held[0]?.reply({ data: "former user's" });
    await first;
    await flushMicrotasks();
    held[1]?.reply({ data: "new" });
    expect((await second).data).toBe("new");
  });
});

describe("beside other plugins", () => {
  const retry: ClientPlugin = {
    name: "retry",
    repeatable: true,
    async middleware({ clock }, next) {
      const response = await next();
      if (response.status !== 503) return response;
      await new Promise<void>((resolve) => clock.schedule(resolve, 100));
      return next();
    },
  };
  const plusOne: ClientPlugin = {
    name: "plus-one",
    afterResponse: (_, response) => ({ ...response, data: (response.data as number) + 1 }),
  };

  it("lets a retry try again, and others wait for it", async () => {
    const { client, held, clock } = holding([retry]);
    const both = [client.get("prices"), client.get("prices")];
    await flushMicrotasks();
    held[0]?.reply({ status: 503 });
    await clock.advance(50);
    both.push(client.get("prices"));
    await clock.advance(50);
    held[1]?.reply({ data: 1 });
    expect((await Promise.all(both)).map(({ data }) => data)).toEqual([1, 1, 1]);
    expect(held).toHaveLength(2);
  });

  it("shows everybody the once-transformed data", async () => {
    const { read } = counting({ throttleMs: 1_000 }, [plusOne]);
    expect(await Promise.all([read(), read(), read()])).toEqual([2, 2, 2]);
    expect(await read()).toBe(2);
  });

  it("gives observers what is known, and lets their refetch pass", async () => {
    const { client, transport, clock } = counting();
    const observers = [client.observe("prices"), client.observe("prices")];
    for (const observer of observers) observer.mount();
    await clock.advance(0);
    expect(observers.map((observer) => observer.getSnapshot().data)).toEqual([1, 1]);
    await observers[1]?.refetch();
    expect(observers.map((observer) => observer.getSnapshot().data)).toEqual([2, 2]);
    expect(transport.requests).toHaveLength(2);
    client.dispose();
  });
});

it("two clients with one plugin share nothing", async () => {
  const shared = throttle({ throttleMs: 1_000 });
  const { client, transport } = createTestBench();
  transport.reply("GET prices", { data: 1 });
  await client.use([shared]).get("prices");
  await client.use([shared]).get("prices");
  expect(transport.requests).toHaveLength(2);
});
