import { describe, expect, it } from "vitest";
import type { ClientPlugin } from "../plugin/plugin.ts";
import type { GenericRequestOptions } from "./context-types.ts";
import { createTestBench } from "../testing/index.ts";

/** Registers a cleanup before `next()` and one after it. */
function cleaner(log: string[]): ClientPlugin {
  let requests = 0;
  return {
    name: "cleaner",
    async middleware(context, next) {
      requests += 1;
      const number = requests;
      context.onCleanup(() => log.push(`${number} before`));
      const response = await next();
      context.onCleanup(() => log.push(`${number} after`));
      return response;
    },
  };
}

function createObserved(options: GenericRequestOptions = { method: "POST", body: {} }) {
  const bench = createTestBench();
  bench.transport.reply("POST items", { data: 1 }).reply("GET items", { data: 1 });
  const log: string[] = [];
  const client = bench.client.use([cleaner(log)]);
  return { ...bench, client, log, observer: client.observeRequest("items", options) };
}

describe("a cleanup of an observer's request", () => {
  it("runs once, when the observer's next request takes this one's place", async () => {
    const { observer, log } = createObserved();
    observer.mount();
    await observer.send();
    expect(log).toEqual([]);
    const second = observer.send();
    expect(log.splice(0)).toEqual(["1 before", "1 after"]);
    await second;
    expect(log).toEqual([]);
  });

  it("runs once, when the observer unmounts", async () => {
    const { observer, client, log } = createObserved();
    observer.mount();
    await observer.send();
    observer.unmount();
    expect(log.splice(0)).toEqual(["1 before", "1 after"]);
    observer.mount();
    observer.unmount();
    client.dispose();
    expect(log).toEqual([]);
  });

  it("runs once, when the client is disposed", async () => {
    const { observer, client, log } = createObserved();
    observer.mount();
    await observer.send();
    client.dispose();
    expect(log).toEqual(["1 before", "1 after"]);
  });

  it("runs when a superseded request registers it, at once", async () => {
    const { observer, transport, log, clock } = createObserved({ method: "PUT" });
    const held = transport.hold("PUT items");
    observer.mount();
    void observer.send();
    await clock.advance(0);
    void observer.send();
    expect(log.splice(0)).toEqual(["1 before"]);
    held[0]?.reply({ data: 1 });
    await clock.advance(0);
    expect(log.splice(0)).toEqual(["1 after"]);
    held[1]?.reply({ data: 2 });
    await clock.advance(0);
    expect(log).toEqual([]);
  });

  it("runs when it is registered after the observer was unmounted, at once", async () => {
    const { observer, transport, log, clock } = createObserved({ method: "PUT" });
    const held = transport.hold("PUT items");
    observer.mount();
    void observer.send();
    await clock.advance(0);
    observer.unmount();
    expect(log.splice(0)).toEqual(["1 before"]);
    held[0]?.reply({ data: 1 });
    await clock.advance(0);
    expect(log).toEqual(["1 after"]);
  });

  it("stays when only options change", async () => {
    const { observer, log } = createObserved();
    observer.mount();
    await observer.send();
    observer.update({ method: "POST", body: {}, headers: { a: "1" } });
    expect(log).toEqual([]);
    observer.unmount();
    expect(log).toEqual(["1 before", "1 after"]);
  });

  it("stays when only options change while the request is under way", async () => {
    const { observer, transport, log, clock } = createObserved({ method: "PUT" });
    const held = transport.hold("PUT items");
    observer.mount();
    void observer.send();
    await clock.advance(0);
    observer.update({ method: "PUT", headers: { a: "1" } });
    observer.update({ method: "PUT", headers: { a: "2" } });
    held[0]?.reply({ data: 1 });
    await clock.advance(0);
    expect(log).toEqual([]);
    observer.unmount();
    expect(log).toEqual(["1 before", "1 after"]);
  });

  it("runs when an unmounted observer's request has settled", async () => {
    const { observer, log } = createObserved();
    await observer.send();
    expect(log.splice(0)).toEqual(["1 before", "1 after"]);
    observer.mount();
    observer.unmount();
    await observer.refetch();
    expect(log).toEqual(["2 before", "2 after"]);
  });

  it("runs once, though it unmounts the observer itself", async () => {
    const { client, transport } = createTestBench();
    transport.reply("POST items", { data: 1 });
    let runs = 0;
    const leaving: ClientPlugin = {
      name: "leaving",
      middleware(context, next) {
        context.onCleanup(() => {
          runs += 1;
          observer.unmount();
        });
        return next();
      },
    };
    const observer = client.use([leaving]).observeRequest("items", { method: "POST" });
    observer.mount();
    await observer.send();
    const second = observer.send();
    expect(runs).toBe(1);
    await second;
    expect(runs).toBe(2);
  });

  it("runs at once when the options of an unmounted observer changed before it was registered", async () => {
    const { observer, transport, log, clock } = createObserved({ method: "PUT" });
    const held = transport.hold("PUT items");
    observer.mount();
    void observer.send();
    await clock.advance(0);
    observer.unmount();
    observer.update({ method: "PUT", headers: { a: "1" } });
    held[0]?.reply({ data: 1 });
    await clock.advance(0);
    expect(log).toEqual(["1 before", "1 after"]);
  });

  it("prevents what it was registered against", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const polling: ClientPlugin = {
      name: "polling",
      operations: ["read"],
      async middleware(context, next) {
        const response = await next();
        context.onCleanup(context.clock.schedule(() => void context.refetch(), 1_000));
        return response;
      },
    };
    const observer = client.use([polling]).observe("items");
    observer.mount();
    await clock.advance(3_500);
    expect(transport.requests).toHaveLength(4);
    observer.unmount();
    await clock.advance(10_000);
    expect([transport.requests.length, clock.scheduled]).toEqual([4, 0]);
  });
});

describe("a cleanup of a request without an observer", () => {
  it("runs once, when the request has settled, after every hook", async () => {
    const { client, log } = createObserved();
    const hook: ClientPlugin = {
      name: "hook",
      async afterResponse(context) {
        context.onCleanup(() => log.push("in afterResponse"));
        await undefined;
        log.push("hook done");
      },
    };
    const withHook = client.use([hook]);
    await withHook.get("items");
    withHook.dispose();
    expect(log).toEqual(["hook done", "1 before", "1 after", "in afterResponse"]);
  });

  it.each([
    ["an error response", { status: 500 }],
    ["no response", new Error("no route to host")],
  ])("runs after %s as well", async (_, reply) => {
    const { client, transport, log } = createObserved();
    transport.reply("GET failing", reply);
    await client.get("failing");
    expect(log).toEqual(["1 before", "1 after"]);
  });

  it("runs after a throw as well", async () => {
    const { client, log } = createObserved();
    const thrower: ClientPlugin = { name: "thrower", middleware: () => Promise.reject(new Error("no")) };
    await client.use([thrower]).get("items");
    expect(log).toEqual(["1 before"]);
  });

  it("runs at once when it is registered too late", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const kept: ((cleanup: () => void) => void)[] = [];
    const keeper: ClientPlugin = {
      name: "keeper",
      middleware(context, next) {
        kept.push((cleanup) => context.onCleanup(cleanup));
        return next();
      },
    };
    await client.use([keeper]).get("items");
    let runs = 0;
    kept[0]?.(() => (runs += 1));
    expect(runs).toBe(1);
  });

  it("that throws is reported, and the others run", async () => {
    const { client, transport, reported } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const cause = new Error("stuck");
    const log: string[] = [];
    const careless: ClientPlugin = {
      name: "careless",
      middleware(context, next) {
        context.onCleanup(() => log.push("first"));
        context.onCleanup(() => {
          throw cause;
        });
        context.onCleanup(() => log.push("third"));
        return next();
      },
    };
    expect(await client.use([careless]).get("items")).toMatchObject({ data: 1, error: undefined });
    expect(log).toEqual(["first", "third"]);
    expect(reported).toMatchObject([{ code: "CLEANUP_THREW", cause }]);
  });
});
