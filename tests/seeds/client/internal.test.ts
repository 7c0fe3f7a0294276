import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { collectLogs } from "./collect-logs.ts";
import { myPlugin as createMyPlugin } from "./my-plugin/plugin.ts";

const logs = collectLogs();

/** What the other plugins ask. */
function featureFlagPlugin(): ClientPlugin {
  const flags = new Map<string, boolean>();

  return {
    name: "my-app:feature-flags",
    operations: ["read", "write"],

    internal(context) {
      return {
        isEnabled(flag: string): boolean {
          return flags.get(flag) ?? false;
        },
        enable(flag: string) {
          flags.set(flag, true);
        },
        disable(flag: string) {
          flags.set(flag, false);
        },
      };
    },
  };
}

/** What asks it. */
function conditionalCachePlugin(): ClientPlugin {
  return {
    name: "my-app:conditional-cache",
    operations: ["read"],

    middleware: async (context, next) => {
      const featureFlags = context.plugins.get("my-app:feature-flags") as
        { isEnabled: (flag: string) => boolean } | undefined;

      if (featureFlags?.isEnabled("advanced-caching")) {
        const cached = context.stateManager.getCache(context.queryKey);
        if (cached?.state.data) {
          return { data: cached.state.data, status: 200 };
        }
      }

      return next();
    },
  };
}

/** Turns a flag on and off by the body of a write, through Plugin A's API as well. */
const flagSwitch: ClientPlugin = {
  name: "my-app:flag-switch",
  operations: ["write"],
  middleware: async (context, next) => {
    const flags = context.plugins.get("my-app:feature-flags") as Record<
      "enable" | "disable",
      (flag: string) => void
    >;
    flags[context.request.body as "enable" | "disable"]("advanced-caching");
    return next();
  },
};

describe("internal", () => {
  function createFlagged() {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: ["first"] }).reply("POST flag", {});
    return {
      ...bench,
      client: bench.client.use([featureFlagPlugin(), conditionalCachePlugin(), flagSwitch]),
    };
  }

  it("lets one plugin decide by what another knows", async () => {
    const { client, transport } = createFlagged();
    const count = () => transport.requests.filter(({ method }) => method === "GET").length;
    await client.get("posts");
    await client.get("posts");
    expect(count()).toBe(2);

    await client.post("flag", { body: "enable" });
    const { data, status } = await client.get("posts");
    expect([data, status]).toEqual([["first"], 200]);
    expect(count()).toBe(2);

    await client.post("flag", { body: "disable" });
    await client.get("posts");
    expect(count()).toBe(3);
  });

  it("keeps what it knows across requests, and for its own client alone (B-13)", async () => {
    const first = createFlagged();
    const second = createFlagged();
    await first.client.post("flag", { body: "enable" });
    for (const { client } of [first, second]) {
      await client.get("posts");
      await client.get("posts");
    }
    const reads = [first, second].map(({ transport }) =>
      transport.requests.filter(({ method }) => method === "GET"),
    );
    expect(reads.map(({ length }) => length)).toEqual([1, 2]);
  });

  it("is optional: without the other plugin there is nothing to ask", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: ["first"] });
    const { data } = await bench.client.use([conditionalCachePlugin()]).get("posts");
    expect(data).toEqual(["first"]);
  });
});

describe("a typed internal", () => {
  const reader: ClientPlugin = {
    name: "my-app:reader",
    operations: ["read"],
    middleware: async (context, next) => {
      const myPlugin = context.plugins.get("my-plugin");

      if (myPlugin) {
        myPlugin.doSomething("test");
        const value = myPlugin.getSomething();
        console.log(value);
        // @ts-expect-error The registered type has no such function.
        myPlugin.doNothing?.();
      }

      return next();
    },
  };

  it("is what `plugins.get` gives, functions and their types", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: [] });
    await bench.client.use([createMyPlugin(), reader]).get("posts");
    expect(logs).toEqual(["test", "hello"]);
  });

  it("may be absent, which its type says", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: [] });
    await bench.client.use([reader]).get("posts");
    expect(logs).toEqual([]);
  });
});
