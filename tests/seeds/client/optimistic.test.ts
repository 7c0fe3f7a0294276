import type { ClientPlugin, RequestContext } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { isPipelineError } from "@x/pipeline";
import { describe, expect, expectTypeOf, it } from "vitest";
import { invalidationPlugin } from "./invalidation/plugin.ts";
import type { InvalidationPluginInternal } from "./invalidation/types.ts";

declare module "@x/client" {
  interface PluginOptionsRegistry {
    optimistic?: OptimisticTarget;
  }
}

interface OptimisticTarget {
  readonly queryKey: string;
  readonly update: (data: unknown) => unknown;
}

function resolveOptimisticTargets(context: RequestContext): OptimisticTarget[] {
  const target = context.pluginOptions?.optimistic;
  return target ? [target] : [];
}

function applyOptimisticUpdates(
  { stateManager }: RequestContext,
  targets: readonly OptimisticTarget[],
): void {
  for (const { queryKey, update } of targets)
    stateManager.setCache(queryKey, { state: { data: update(stateManager.getCache(queryKey)?.state.data) } });
}

function optimisticPlugin(): ClientPlugin {
  return {
    name: "spoosh:optimistic",
    operations: ["write"],
    dependencies: ["spoosh:invalidation"],

    middleware: async (context, next) => {
      const targets = resolveOptimisticTargets(context);

      if (targets.length > 0) {
        // The update is in the state already: what it was made of is not out of date
        context.plugins.get("spoosh:invalidation")?.disableAutoInvalidate();
      }

      applyOptimisticUpdates(context, targets);
      const response = await next();

      return response;
    },
  };
}

const optimistic: OptimisticTarget = {
  queryKey: "GET posts",
  update: (posts) => [...(posts as string[]), "new"],
};

async function createWithPosts() {
  const bench = createTestBench();
  bench.transport.reply("GET posts", { data: ["old"] }).reply("POST posts", { status: 201 });
  const client = bench.client.use([optimisticPlugin(), invalidationPlugin()]);
  await client.get("posts");
  const isStale = () => client.stateManager.getCache("GET posts")?.stale;
  return { ...bench, client, isStale };
}

describe("invalidation and optimistic updates", () => {
  it("make stale what a write without an optimistic update has changed", async () => {
    const { client, isStale } = await createWithPosts();
    await client.post("posts", { body: "new" });
    expect(isStale()).toBe(true);
  });

  it("show the update while the write is under way, and leave it fresh", async () => {
    const { client, transport, clock, isStale } = await createWithPosts();
    const held = transport.hold("POST posts/1");
    const pending = client.post("posts/1", { body: "new", optimistic, tags: ["posts"] });
    await clock.advance(0);
    expect(client.stateManager.getCache("GET posts")?.state.data).toEqual(["old", "new"]);
    held[0]?.reply({ status: 201 });
    await pending;
    expect(isStale()).toBe(false);
  });

  it("still make stale what the caller names", async () => {
    const { client, isStale } = await createWithPosts();
    await client.post("posts", { body: "new", optimistic, invalidate: "posts" });
    expect(isStale()).toBe(true);
  });

  it("disable invalidation for one request: the same observer's next one has it again (B-15)", async () => {
    const { client, isStale } = await createWithPosts();
    const observer = client.observeRequest("posts", { method: "POST", body: "new" });
    await observer.send({ optimistic });
    expect(isStale()).toBe(false);
    await observer.send();
    expect(isStale()).toBe(true);
  });

  it("disable it for one of two requests in flight", async () => {
    const { client, transport, clock, isStale } = await createWithPosts();
    const [first, second] = [transport.hold("POST first"), transport.hold("POST second")];
    const silent = client.post("first", { optimistic, tags: ["posts"] });
    const loud = client.post("second", { tags: ["posts"] });
    await clock.advance(0);
    first[0]?.reply({ status: 201 });
    await silent;
    expect(isStale()).toBe(false);
    second[0]?.reply({ status: 201 });
    await loud;
    expect(isStale()).toBe(true);
  });

  it("do nothing after a failed write", async () => {
    const { client, transport, isStale } = await createWithPosts();
    transport.reply("POST broken", { status: 500 });
    await client.post("broken", { tags: ["posts"] });
    expect(isStale()).toBe(false);
  });
});

describe("the typed internal of invalidation", () => {
  it("is known to every plugin by its name", async () => {
    const { client, isStale } = await createWithPosts();
    const silencer: ClientPlugin = {
      name: "my-app:silencer",
      operations: ["write"],
      middleware: async (context, next) => {
        expectTypeOf(context.plugins.get("spoosh:invalidation")).toEqualTypeOf<
          InvalidationPluginInternal | undefined
        >();
        context.plugins.get("spoosh:invalidation")?.disableAutoInvalidate();
        return next();
      },
    };
    const silent = client.use([silencer]);
    await silent.get("posts");
    await silent.post("posts");
    expect(silent.stateManager.getCache("GET posts")?.stale).toBe(false);
    expect(isStale()).toBe(false);
  });
});

describe("dependencies", () => {
  function dependentPlugin(): ClientPlugin {
    return {
      name: "spoosh:optimistic",
      operations: ["write"],
      dependencies: ["spoosh:invalidation"],

      middleware: async (context, next) => {
        context.plugins.get("spoosh:invalidation")?.disableAutoInvalidate();
        return next();
      },
    };
  }

  it("are there when the plugin runs, wherever in the list they stand", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: ["old"] }).reply("POST posts", { status: 201 });
    const client = bench.client.use([dependentPlugin(), invalidationPlugin()]);
    await client.get("posts");
    await client.post("posts");
    expect(client.stateManager.getCache("GET posts")?.stale).toBe(false);
  });

  it("that are missing are an error when the plugins are registered, which names both (B-8)", () => {
    const { client } = createTestBench();
    const register = () => client.use([dependentPlugin()]);
    expect(register).toThrow(
      expect.toSatisfy(
        (error) =>
          isPipelineError(error) &&
          error.code === "MISSING_DEPENDENCY" &&
          ["spoosh:optimistic", "spoosh:invalidation"].every((name) => error.involved.includes(name)),
      ),
    );
  });
});
