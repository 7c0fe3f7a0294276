import { describe, expect, it } from "vitest";
import { definePlugin } from "../plugin/define-plugin.ts";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { isFailure } from "./response.ts";
import { createTestBench } from "../testing/index.ts";

interface Invalidation {
  disable(): void;
}

declare module "../registries.ts" {
  interface PluginInternalRegistry {
    "temp-test:invalidation": Invalidation;
  }
}

/** Marks everything stale after a successful write, unless somebody disabled that for the request. */
const invalidation = (): ClientPlugin => ({
  name: "temp-test:invalidation",
  operations: ["write"],
  internal: (context): Invalidation => ({
    disable: () => void context.temp.set("invalidation:disabled", true),
  }),
  afterResponse(context, response) {
    if (!isFailure(response) && !context.temp.has("invalidation:disabled"))
      context.stateManager.markStale("*");
  },
});

/** Asks for no invalidation when a request says `optimistic`. */
const optimistic = () =>
  definePlugin<{ options: { optimistic?: boolean } }>()({
    name: "temp-test:optimistic",
    operations: ["write"],
    dependencies: ["temp-test:invalidation"],
    middleware(context, next) {
      if (context.pluginOptions?.optimistic) context.plugins.get("temp-test:invalidation").disable();
      return next();
    },
  });

function createPosts() {
  const bench = createTestBench();
  const client = bench.client.use([invalidation(), optimistic()]);
  client.stateManager.setCache("GET posts", { state: { data: ["first"] }, tags: ["posts"] });
  return { ...bench, client, isStale: () => client.stateManager.getCache("GET posts")?.stale };
}

describe("B-15 what an internal API writes to temp", () => {
  it("affects this request and not the next of the same observer", async () => {
    const { client, transport, isStale } = createPosts();
    transport.reply("POST posts", { data: 1 });
    const options = { method: "POST", body: {} };
    const observer = client.observeRequest("posts", options);
    observer.mount();
    const overrides = { ...options, optimistic: true };
    await observer.send(overrides);
    expect(isStale()).toBe(false);
    await observer.send();
    expect(isStale()).toBe(true);
  });

  it("affects this request and not one that is under way beside it", async () => {
    const { client, transport, clock, isStale } = createPosts();
    const held = transport.hold("POST posts");
    const disabled = client.post("posts", { body: {}, optimistic: true });
    const plain = client.post("posts", { body: {} });
    await clock.advance(0);
    held[0]?.reply({ data: 1 });
    await disabled;
    expect(isStale()).toBe(false);
    held[1]?.reply({ data: 2 });
    await plain;
    expect(isStale()).toBe(true);
  });
});

describe("temp", () => {
  /** Counts, in each request's own temp, how many of its hooks have run. */
  function counter(log: string[]): ClientPlugin {
    const count = (hook: string, temp: Map<string, unknown>) => {
      temp.set("count", Number(temp.get("count") ?? 0) + 1);
      log.push(`${hook} ${String(temp.get("count"))}`);
    };
    return {
      name: "counter",
      middleware(context, next) {
        count("middleware", context.temp);
        return next();
      },
      afterResponse: (context) => count("afterResponse", context.temp),
      lifecycle: {
        onMount: (context) => count("onMount", context.temp),
        onUpdate: (context) => count("onUpdate", context.temp),
        onUnmount: (context) => count("onUnmount", context.temp),
      },
    };
  }

  it.each(["read", "write", "acme:sync"])(
    "is empty at the start of every request, for %s",
    async (operation) => {
      const { client, transport } = createTestBench();
      transport.reply("POST items", { data: 1 });
      const log: string[] = [];
      const counted = client.use([counter(log)]);
      await counted.request("items", { method: "POST", operation });
      await counted.request("items", { method: "POST", operation });
      expect(log).toEqual(["middleware 1", "afterResponse 2", "middleware 1", "afterResponse 2"]);
    },
  );

  it("is each request's own while several are under way", async () => {
    const { client, transport, clock } = createTestBench();
    const held = transport.hold("GET items");
    const log: string[] = [];
    const counted = client.use([counter(log)]);
    const both = [counted.get("items"), counted.get("items")];
    await clock.advance(0);
    for (const { reply } of held) reply({ data: 1 });
    await Promise.all(both);
    expect(log).toEqual(["middleware 1", "middleware 1", "afterResponse 2", "afterResponse 2"]);
  });

  it("reaches an observer's lifecycle from its latest request, and starts empty in the next", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const log: string[] = [];
    const observer = client.use([counter(log)]).observe("items");
    observer.mount();
    await clock.advance(0);
    expect(log.splice(0)).toEqual(["onMount 1", "middleware 2", "afterResponse 3"]);
    await observer.refetch();
    observer.unmount();
    expect(log).toEqual(["middleware 1", "afterResponse 2", "onUnmount 3"]);
  });

  it("goes on when an observer's options change and its request does not", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const log: string[] = [];
    const observer = client.use([counter(log)]).observe("items");
    observer.mount();
    await clock.advance(0);
    observer.update({ headers: { a: "1" } });
    observer.unmount();
    expect(log).toEqual(["onMount 1", "middleware 2", "afterResponse 3", "onUpdate 4", "onUnmount 5"]);
  });

  it("goes on when the options change while the request is under way", async () => {
    const { client, transport, clock } = createTestBench();
    const held = transport.hold("GET items");
    const log: string[] = [];
    const observer = client.use([counter(log)]).observe("items");
    observer.mount();
    await clock.advance(0);
    observer.update({ headers: { a: "1" } });
    held[0]?.reply({ data: 1 });
    await clock.advance(0);
    observer.unmount();
    expect(log).toEqual(["onMount 1", "middleware 2", "onUpdate 3", "afterResponse 4", "onUnmount 5"]);
  });

  it("is one for all attempts of a request", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { status: 503 }).reply("GET items", { data: 1 });
    const log: string[] = [];
    const retry: ClientPlugin = {
      name: "retry",
      repeatable: true,
      middleware: async (_, next) => (isFailure(await next()) ? next() : { status: 500 }),
    };
    await client.use([retry, counter(log)]).get("items");
    expect(log).toEqual(["middleware 1", "middleware 2", "afterResponse 3"]);
  });

  it("B-16 is empty for a plugin that an outer one answered for", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const seen: unknown[] = [];
    let answers = false;
    const outer: ClientPlugin = {
      name: "outer",
      middleware: (_, next) => (answers ? { data: 2, status: 200 } : next()),
    };
    const timing: ClientPlugin = {
      name: "timing",
      middleware(context, next) {
        context.temp.set("timing:start", context.requestTimestamp);
        return next();
      },
      afterResponse: (context) => void seen.push(context.temp.get("timing:start")),
    };
    const observer = client.use([outer, timing]).observe("items");
    await observer.send();
    answers = true;
    await observer.send();
    expect(seen).toEqual([0, undefined]);
  });
});
