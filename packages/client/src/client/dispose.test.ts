import { describe, expect, it } from "vitest";
import { definePlugin } from "../plugin/define-plugin.ts";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { createTestBench } from "../testing/index.ts";

/** A plugin that notes when it is set up and taken down. */
const noting = (name: string, log: string[], more: Omit<ClientPlugin, "name"> = {}): ClientPlugin => ({
  name,
  setup() {
    log.push(`${name} up`);
    return () => void log.push(`${name} down`);
  },
  ...more,
});

/** Polls whatever is observed. */
const polling: ClientPlugin = {
  name: "polling",
  operations: ["read"],
  async middleware(context, next) {
    const response = await next();
    context.onCleanup(context.clock.schedule(() => void context.refetch(), 1_000));
    return response;
  },
};

/** Marks everything stale at each tick, for as long as the client lives. */
const ticking: ClientPlugin = {
  name: "ticking",
  setup({ clock, stateManager }) {
    let stop = () => {};
    const tick = () => {
      stateManager.markStale("*");
      stop = clock.schedule(tick, 500);
    };
    tick();
    return () => stop();
  },
};

describe("setup", () => {
  it("B-31 runs once per client, however many observers there are", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const log: string[] = [];
    const withPlugin = client.use([noting("a", log)]);
    for (const observer of [withPlugin.observe("items"), withPlugin.observe("items")]) {
      observer.mount();
      observer.unmount();
      observer.mount();
    }
    await withPlugin.get("items");
    await clock.advance(0);
    expect(log).toEqual(["a up"]);
  });

  it("runs in plugin order, and what it returned in reverse", () => {
    const { client } = createTestBench();
    const log: string[] = [];
    const silent: ClientPlugin = { name: "silent", setup: () => void log.push("silent up") };
    const withAll = client.use([noting("b", log, { priority: 1 }), noting("a", log), silent]);
    withAll.dispose();
    expect(log).toEqual(["a up", "silent up", "b up", "b down", "a down"]);
  });

  it("runs for each client that use makes, and is taken down for each alone", () => {
    const { client } = createTestBench();
    const log: string[] = [];
    const first = client.use([noting("a", log)]);
    const second = first.use([noting("b", log)]);
    expect(log.splice(0)).toEqual(["a up", "a up", "b up"]);
    first.dispose();
    expect(log.splice(0)).toEqual(["a down"]);
    second.dispose();
    expect(log).toEqual(["b down", "a down"]);
  });

  const cause = new Error("no room");
  const throws = () => {
    throw cause;
  };

  it("that throws is SETUP_THREW, and takes down those before it and starts none after it", () => {
    const { client } = createTestBench();
    const log: string[] = [];
    const plugins = [
      noting("a", log),
      noting("b", log),
      noting("culprit", log, { setup: throws }),
      noting("c", log),
    ];
    expect(() => client.use(plugins)).toThrow(
      expect.objectContaining({ code: "SETUP_THREW", plugin: "culprit", cause }),
    );
    expect(log).toEqual(["a up", "b up", "b down", "a down"]);
  });

  it("of a plugin whose api throws is taken down as well", () => {
    const { client } = createTestBench();
    const log: string[] = [];
    expect(() => client.use([noting("a", log), noting("culprit", log, { api: throws })])).toThrow(
      expect.objectContaining({ code: "SETUP_THREW", plugin: "culprit", cause }),
    );
    expect(log).toEqual(["a up", "culprit up", "culprit down", "a down"]);
  });

  it("that throws leaves the client that use was called on as it was", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const log: string[] = [];
    const withA = client.use([noting("a", log)]);
    expect(() => withA.use([noting("culprit", log, { setup: throws })])).toThrow(
      expect.objectContaining({ code: "SETUP_THREW" }),
    );
    expect(await withA.get("items")).toMatchObject({ data: 1 });
    expect(log).toEqual(["a up", "a up", "a down"]);
  });
});

describe("METHOD_TAKEN", () => {
  const adding = (name: string, method: string) =>
    definePlugin<{ methods: Record<string, () => string> }>()({
      name,
      api: () => ({ [method]: () => name }),
    });

  it.each(["get", "dispose", "stateManager", "use"])(
    "is thrown for a method %s, which every client has",
    (method) => {
      const { client } = createTestBench();
      expect(() => client.use([adding("culprit", method)])).toThrow(
        expect.objectContaining({ code: "METHOD_TAKEN", plugin: "culprit" }),
      );
    },
  );

  it("names the later of two plugins that add one method, and takes down what was set up", () => {
    const { client } = createTestBench();
    const log: string[] = [];
    expect(() =>
      client.use([noting("a", log), adding("first", "refresh"), adding("second", "refresh")]),
    ).toThrow(expect.objectContaining({ code: "METHOD_TAKEN", plugin: "second" }));
    expect(log).toEqual(["a up", "a down"]);
  });
});

describe("dispose", () => {
  it("B-31 leaves no timer, listener or subscription behind", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const alive = client.use([polling, ticking]);
    const observer = alive.observe("items");
    let calls = 0;
    observer.mount();
    await clock.advance(0);
    observer.subscribe(() => (calls += 1));
    alive.stateManager.subscribe("GET items", () => (calls += 1));
    alive.eventEmitter.on("refetch", () => (calls += 1));
    expect(clock.scheduled).toBe(2);

    alive.dispose();
    expect(clock.scheduled).toBe(0);
    alive.stateManager.setCache("GET items", { state: { data: 2 } });
    alive.eventEmitter.emit("refetch", { queryKey: "GET items" });
    await clock.advance(10_000);
    expect([calls, transport.requests.length, clock.scheduled]).toEqual([0, 1, 0]);
  });

  it("B-31 ends what waits for a timeout, a signal or a shared fetch, and leaves no timer of it", async () => {
    const { client, transport, clock } = createTestBench();
    transport.hold("GET slow");
    const { signal } = new AbortController();
    const timed = client.get("slow", { timeoutMs: 1_000 });
    const abortable = client.get("slow", { signal });
    await clock.advance(0);
    expect(clock.scheduled).toBe(1);
    client.dispose();
    expect(clock.scheduled).toBe(0);
    for (const { error, aborted } of await Promise.all([timed, abortable]))
      expect([error?.code, aborted]).toEqual(["CLIENT_DISPOSED", false]);
    expect(transport.requests.map((request) => request.signal?.aborted)).toEqual([true, true]);
  });

  it("unmounts observers, while their plugins can still be asked", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const log: string[] = [];
    const withPlugin = client.use([
      noting("a", log, { lifecycle: { onUnmount: ({ path }) => void log.push(`unmount ${path}`) } }),
    ]);
    for (const path of ["items", "items/2"]) withPlugin.observe(path).mount();
    withPlugin.observe("never mounted");
    await clock.advance(0);
    withPlugin.dispose();
    expect(log).toEqual(["a up", "unmount items", "unmount items/2", "a down"]);
  });

  it("attempts every disposer, and reports the ones that throw by name", () => {
    const { client, reported } = createTestBench();
    const log: string[] = [];
    const cause = new Error("stuck");
    const stuck: ClientPlugin = {
      name: "stuck",
      setup: () => () => {
        throw cause;
      },
    };
    client.use([noting("a", log), stuck, noting("b", log)]).dispose();
    expect(log).toEqual(["a up", "b up", "b down", "a down"]);
    expect(reported).toMatchObject([{ code: "CLEANUP_THREW", plugin: "stuck", cause }]);
  });

  it("twice does it once, also when a disposer disposes", () => {
    const { client } = createTestBench();
    const log: string[] = [];
    let dispose = () => {};
    const eager: ClientPlugin = { name: "eager", setup: () => () => dispose() };
    const withBoth = client.use([noting("a", log), eager]);
    dispose = () => withBoth.dispose();
    withBoth.dispose();
    withBoth.dispose();
    expect(log).toEqual(["a up", "a down"]);
  });

  it("is what `using` calls", () => {
    const { client } = createTestBench();
    const log: string[] = [];
    {
      using withPlugin = client.use([noting("a", log)]);
      expect(withPlugin).toHaveProperty("get");
    }
    expect(log).toEqual(["a up", "a down"]);
  });

  it.each(["GET", "POST"])("fails a %s from then on, and sends nothing", async (method) => {
    const { client, transport } = createTestBench();
    client.dispose();
    expect(await client.request("items", { method })).toMatchObject({
      data: undefined,
      status: 0,
      aborted: false,
      error: { code: "CLIENT_DISPOSED" },
    });
    expect(transport.requests).toEqual([]);
  });

  it("fails what observers send from then on, and mounts none", async () => {
    const { client, transport } = createTestBench();
    const log: string[] = [];
    const withPlugin = client.use([
      noting("a", log, { lifecycle: { onMount: () => void log.push("mount") } }),
    ]);
    const observer = withPlugin.observe("items");
    withPlugin.dispose();
    observer.mount();
    expect((await observer.send()).error).toMatchObject({ code: "CLIENT_DISPOSED" });
    expect(observer.getSnapshot()).toMatchObject({ status: "error", error: { code: "CLIENT_DISPOSED" } });
    expect([transport.requests, log]).toEqual([[], ["a up", "a down"]]);
  });

  it("lets a request under way answer its caller, and stores nothing of it", async () => {
    const { client, transport, clock } = createTestBench();
    const held = transport.hold("GET items");
    const pending = client.get("items");
    await clock.advance(0);
    client.dispose();
    held[0]?.reply({ data: 1 });
    expect(await pending).toMatchObject({ data: 1, error: undefined });
    expect(client.stateManager.size).toBe(0);
  });
});

describe("two clients", () => {
  it("share nothing, not even when they share a plugin", async () => {
    const benches = [createTestBench(), createTestBench()];
    const log: string[] = [];
    const shared = noting("shared", log, {
      middleware(context, next) {
        context.request.shareKey = context.queryKey;
        return next();
      },
    });
    const clients = benches.map(({ client }) => client.use([shared]));
    const held = benches.map(({ transport }) => transport.hold("GET items"));
    const events: number[] = [];
    clients.forEach((client, index) => client.eventEmitter.on("stale", () => events.push(index)));
    const both = clients.map((client) => client.get("items"));
    await Promise.all(benches.map(({ clock }) => clock.advance(0)));
    held.forEach((requests, index) => requests[0]?.reply({ data: index }));
    expect((await Promise.all(both)).map(({ data }) => data)).toEqual([0, 1]);

    clients[0]?.eventEmitter.emit("stale", { queryKeys: [] });
    clients[0]?.stateManager.clear();
    clients[0]?.dispose();
    expect(events).toEqual([0]);
    expect(log).toEqual(["shared up", "shared up", "shared down"]);
    expect(clients[1]?.stateManager.getCache("GET items")?.state.data).toBe(1);
    expect(await clients[1]?.get("items", { signal: AbortSignal.abort() })).toMatchObject({ aborted: true });
  });
});
