import { describe, expect, it } from "vitest";
import { definePlugin } from "../plugin/define-plugin.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";

/** Takes a read's tags from its answer, and has it fetched again where they were invalidated meanwhile. */
const learning = definePlugin()({
  name: "test:learning",
  operations: ["read"],
  async middleware(context, next) {
    const response = await next();
    const tags = response.headers?.["tags"];
    const isOutOfDate = tags !== undefined && context.setTags(tags.split(","));
    if (isOutOfDate) context.eventEmitter.emit("refetch", { queryKey: context.queryKey });
    return response;
  },
});

const share = definePlugin()({
  name: "test:share",
  operations: ["read"],
  middleware({ request, queryKey }, next) {
    request.shareKey = queryKey;
    return next();
  },
});

const ORDERS = { data: ["tea"], headers: { tags: "orders,customers/7" } };

function createHeld() {
  const bench = createTestBench();
  const held = bench.transport.hold("GET dashboard");
  const client = bench.client.use([share, learning]);
  return { ...bench, client, held, entry: () => client.stateManager.getCache("GET dashboard") };
}

describe("tags that are known when the answer has come", () => {
  it("take the place of those that follow from the path", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET dashboard", ORDERS);
    const tagged = client.use([learning]);
    await tagged.get("dashboard");
    expect(tagged.stateManager.getCache("GET dashboard")?.tags).toEqual(["orders", "customers/7"]);
    expect(tagged.stateManager.findKeys("customers/*")).toEqual(["GET dashboard"]);
    expect(tagged.stateManager.findKeys("dashboard")).toEqual([]);
  });

  it("give way to those that the caller gave", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET dashboard", ORDERS);
    const tagged = client.use([learning]);
    await tagged.get("dashboard", { tags: ["mine"] });
    expect(tagged.stateManager.getCache("GET dashboard")?.tags).toEqual(["mine"]);
  });

  it("stay until the next answer has others, and find it while that is under way", async () => {
    const { client, held, entry } = createHeld();
    const first = client.get("dashboard");
    held[0]!.reply(ORDERS);
    await first;
    const second = client.get("dashboard");
    client.stateManager.markStale("customers/7");
    held[1]!.reply({ ...ORDERS, headers: { tags: "orders" } });
    await second;
    expect(entry()).toMatchObject({ tags: ["orders"], stale: true });
  });

  it("find the answer before it is stored, while an outer plugin still has it", async () => {
    const { client: bare, transport, clock } = createTestBench();
    transport.reply("GET dashboard", ORDERS);
    const slow = definePlugin()({
      name: "test:slow",
      priority: -1,
      async middleware(context, next) {
        const response = await next();
        await new Promise<void>((resolve) => context.clock.schedule(resolve, 10));
        return response;
      },
    });
    const client = bare.use([slow, learning]);
    const pending = client.get("dashboard");
    await flushMicrotasks();
    client.stateManager.markStale("orders");
    await clock.advance(10);
    await pending;
    expect(client.stateManager.getCache("GET dashboard")?.stale).toBe(true);
  });
});

describe("B-24 what is invalidated before its tags are known", () => {
  it.each(["orders", "customers/*", "*"])("arrives as stale: %s", async (pattern) => {
    const { client, held, entry } = createHeld();
    const pending = client.get("dashboard");
    client.stateManager.markStale(pattern);
    held[0]!.reply(ORDERS);
    expect((await pending).data).toEqual(["tea"]);
    expect(entry()).toMatchObject({ tags: ["orders", "customers/7"], stale: true });
  });

  it("arrives as fresh where the invalidation was of something else, or earlier", async () => {
    const { client, held, entry } = createHeld();
    client.stateManager.markStale("orders");
    const pending = client.get("dashboard");
    client.stateManager.markStale(["order", "customers"]);
    held[0]!.reply(ORDERS);
    await pending;
    expect(entry()?.stale).toBe(false);
  });

  it("arrives as stale for who has joined the fetch only after the invalidation", async () => {
    const { client, held, entry } = createHeld();
    const first = client.get("dashboard");
    client.stateManager.markStale("orders");
    const second = client.get("dashboard");
    expect(held).toHaveLength(1);
    held[0]!.reply(ORDERS);
    await Promise.all([first, second]);
    expect(entry()?.stale).toBe(true);
  });

  it("and also where the one who began the fetch has left", async () => {
    const { client, held, entry } = createHeld();
    const controller = new AbortController();
    const first = client.get("dashboard", { signal: controller.signal });
    const second = client.get("dashboard");
    client.stateManager.markStale("orders");
    controller.abort();
    await first;
    const third = client.get("dashboard");
    expect(held).toHaveLength(1);
    held[0]!.reply(ORDERS);
    await Promise.all([second, third]);
    expect(entry()?.stale).toBe(true);
  });

  it("is fetched again for who observes it, once, however many share the fetch", async () => {
    const { client, held, entry } = createHeld();
    const observers = [client.observe("dashboard"), client.observe("dashboard")];
    for (const observer of observers) observer.mount();
    await flushMicrotasks();
    client.stateManager.markStale("orders");
    held[0]!.reply(ORDERS);
    await flushMicrotasks();
    expect(held).toHaveLength(2);
    held[1]!.reply({ ...ORDERS, data: ["tea", "milk"] });
    await flushMicrotasks();
    expect(held).toHaveLength(2);
    expect(entry()?.stale).toBe(false);
    for (const observer of observers) {
      expect(observer.getSnapshot()).toMatchObject({ data: ["tea", "milk"], stale: false, fetching: false });
      observer.unmount();
    }
  });

  it("is not stored at all after clear()", async () => {
    const { client, held, entry } = createHeld();
    const pending = client.get("dashboard");
    client.stateManager.clear();
    held[0]!.reply(ORDERS);
    await pending;
    expect(entry()).toBeUndefined();
    expect(client.stateManager.markStale("orders")).toEqual([]);
  });
});
