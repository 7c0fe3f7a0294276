import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { beforeEach, describe, expect, it } from "vitest";

declare module "@x/client" {
  interface PluginInternalRegistry {
    "my-app:cache": { shouldCache(): boolean };
    "my-app:request-ids": {
      getRequestId(queryKey: string): string | undefined;
      setRequestId(queryKey: string, id: string): void;
    };
    "my-app:config": { setTemporaryFlag(key: string, value: boolean): void };
  }

  interface PluginOptionsRegistry {
    enableCache?: boolean;
  }
}

const log: string[] = [];
beforeEach(() => void (log.length = 0));

function createPosts() {
  const bench = createTestBench();
  bench.transport.reply("GET posts", { data: ["first"] });
  return bench;
}

describe("conditional behaviour", () => {
  const pluginA: ClientPlugin = {
    name: "my-app:cache",
    internal(context) {
      return {
        shouldCache(): boolean {
          return context.pluginOptions?.enableCache ?? true;
        },
      };
    },
  };

  const pluginB: ClientPlugin = {
    name: "my-app:caching",
    operations: ["read"],
    middleware: async (context, next) => {
      const cachePlugin = context.plugins.get("my-app:cache");

      if (cachePlugin?.shouldCache()) {
        const cached = context.stateManager.getCache(context.queryKey);
        if (cached) return { data: cached.state.data, status: 200 };
      }

      return next();
    },
  };

  it("follows the option of the request at hand", async () => {
    const { client, transport } = createPosts();
    const cached = client.use([pluginA, pluginB]);
    await cached.get("posts");
    await cached.get("posts");
    await cached.get("posts", { enableCache: true });
    expect(transport.requests).toHaveLength(1);
    await cached.get("posts", { enableCache: false });
    expect(transport.requests).toHaveLength(2);
  });
});

describe("coordinated state", () => {
  function createRequestIds(): ClientPlugin {
    const requestIds = new Map<string, string>();

    return {
      name: "my-app:request-ids",
      internal(context) {
        return {
          getRequestId(queryKey: string): string | undefined {
            return requestIds.get(queryKey);
          },
          setRequestId(queryKey: string, id: string) {
            requestIds.set(queryKey, id);
          },
        };
      },
    };
  }

  // Knows by the id that another request has the answer under way.
  const deduplicating: ClientPlugin = {
    name: "my-app:deduplicating",
    operations: ["read"],
    middleware: async (context, next) => {
      const idManager = context.plugins.get("my-app:request-ids");
      const existingId = idManager?.getRequestId(context.queryKey);

      if (existingId) {
        log.push(`${context.instanceId} joins ${existingId}`);
        context.request.shareKey = context.queryKey;
        return next();
      }

      idManager?.setRequestId(context.queryKey, context.instanceId);
      log.push(`${context.instanceId} is the first`);
      context.request.shareKey = context.queryKey;
      return next();
    },
  };

  it("is shared by the requests of a client, also by those in flight", async () => {
    const { client, transport } = createPosts();
    const deduplicated = client.use([createRequestIds(), deduplicating]);
    const responses = await Promise.all([deduplicated.get("posts"), deduplicated.get("posts")]);
    expect(responses.map(({ data }) => data)).toEqual([["first"], ["first"]]);
    expect(transport.requests).toHaveLength(1);
    const [first, second] = log;
    expect(first).toMatch(/^(\S+) is the first$/);
    expect(second).toMatch(new RegExp(` joins ${first?.split(" ")[0]}$`));
  });
});

describe("an override for one request", () => {
  const configPlugin: ClientPlugin = {
    name: "my-app:config",
    operations: ["read"],
    internal(context) {
      return {
        setTemporaryFlag(key: string, value: boolean) {
          context.temp.set(`my-plugin:${key}`, value);
        },
      };
    },
    afterResponse(context) {
      log.push(`${context.path} ${context.temp.get("my-plugin:cache-disabled") ?? "default"}`);
    },
  };

  const uncached = (shouldDisable: (path: string) => boolean): ClientPlugin => ({
    name: "my-app:uncached",
    operations: ["read"],
    middleware: async (context, next) => {
      const shouldDisableCache = shouldDisable(context.path);
      const config = context.plugins.get("my-app:config");

      if (shouldDisableCache) {
        config?.setTemporaryFlag("cache-disabled", true);
      }

      return next();
    },
  });

  it("is seen by the request that it was made for, and by no other, also in flight", async () => {
    const { client, transport, clock } = createPosts();
    const held = transport.hold("GET live");
    const overridden = client.use([configPlugin, uncached((path) => path === "live")]);
    const pending = overridden.get("live");
    await clock.advance(0);
    await overridden.get("posts");
    held[0]?.reply({ data: "now" });
    await pending;
    await overridden.get("posts");
    expect(log).toEqual(["posts default", "live true", "posts default"]);
  });
});
