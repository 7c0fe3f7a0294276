import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { describe, expect, expectTypeOf, it } from "vitest";
import { invalidationPlugin } from "./invalidation/plugin.ts";
import type { MyPluginInternal } from "./my-plugin/types.ts";

declare module "@x/client" {
  interface PluginInternalRegistry {
    "other-plugin": { doSomething(): void };
    "my-app:mode": { setMode(mode: string): void; getMode(): string };
  }
}

function createPosts(plugin: ClientPlugin) {
  const bench = createTestBench();
  bench.transport.reply("GET posts", { data: ["first"] });
  return { ...bench, client: bench.client.use([plugin]) };
}

const reading = (middleware: ClientPlugin["middleware"]): ClientPlugin => ({
  name: "my-app:reading",
  operations: ["read"],
  middleware,
});

describe("a plugin that may be absent", () => {
  it("✅ is asked for before it is used", async () => {
    const { client } = createPosts(
      reading(async (context, next) => {
        const plugin = context.plugins.get("other-plugin");
        if (plugin) {
          plugin.doSomething();
        }
        return next();
      }),
    );
    expect((await client.get("posts")).data).toEqual(["first"]);
  });

  it("❌ fails the request with the name of the plugin that did not, and TypeScript says so before", async () => {
    const { client } = createPosts(
      reading(async (context, next) => {
        // @ts-expect-error It may be undefined.
        context.plugins.get("other-plugin").doSomething();
        return next();
      }),
    );
    const { error } = await client.get("posts");
    expect([error?.code, error?.plugin]).toEqual(["PLUGIN_THREW", "my-app:reading"]);
  });
});

describe("an internal that is typed", () => {
  it("✅ by module augmentation, has its type everywhere", async () => {
    const { client } = createPosts(
      reading(async (context, next) => {
        expectTypeOf(context.plugins.get("my-plugin")).toEqualTypeOf<MyPluginInternal | undefined>();
        return next();
      }),
    );
    expect((await client.get("posts")).error).toBeUndefined();
  });

  it("❌ by any, hides a mistake until a request makes it", async () => {
    const { client } = createPosts(
      reading(async (context, next) => {
        // oxlint-disable-next-line typescript/no-explicit-any -- it is what not to do
        const plugin = context.plugins.get("my-plugin") as any;
        plugin.doNothing();
        return next();
      }),
    );
    expect((await client.get("posts")).error?.code).toBe("PLUGIN_THREW");
  });
});

describe("an internal that is documented", () => {
  // Its docstring stands in the invalidation plugin of these tests, where editors show it to whoever calls it.
  it("does what its docstring says: nothing goes stale by this request's path", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: ["first"] }).reply("POST posts", {});
    const disabling: ClientPlugin = {
      name: "my-app:disabling",
      operations: ["write"],
      middleware: async (context, next) => {
        if (context.request.body === "quietly")
          context.plugins.get("spoosh:invalidation")?.disableAutoInvalidate();
        return next();
      },
    };
    const client = bench.client.use([invalidationPlugin(), disabling]);
    await client.get("posts");
    await client.post("posts", { body: "quietly" });
    expect(client.stateManager.getCache("GET posts")?.stale).toBe(false);
    await client.post("posts", { body: "aloud" });
    expect(client.stateManager.getCache("GET posts")?.stale).toBe(true);
  });
});

describe("an internal that is focused", () => {
  function modePlugin(): ClientPlugin {
    let current = "light";
    return {
      name: "my-app:mode",
      internal(context) {
        return {
          setMode(mode: string) {
            current = mode;
          },
          getMode(): string {
            return current;
          },
        };
      },
    };
  }

  it("✅ sets and gets, and is the same state for every request", async () => {
    const { client } = createPosts(modePlugin());
    const modes: (string | undefined)[] = [];
    const switching = client.use([
      reading(async (context, next) => {
        const mode = context.plugins.get("my-app:mode");
        modes.push(mode?.getMode());
        mode?.setMode("dark");
        return next();
      }),
    ]);
    await switching.get("posts");
    await switching.get("posts");
    expect(modes).toEqual(["light", "dark"]);
  });

  it("❌ also runs with too many methods: what is focused is for people to judge", async () => {
    const crowded: ClientPlugin = {
      name: "my-app:mode",
      internal(context) {
        return {
          setMode() {},
          getMode: () => "light",
          resetMode() {},
          validateMode: () => true,
          listModes: () => ["light", "dark"],
        };
      },
    };
    const modes: unknown[] = [];
    const { client } = createPosts(crowded);
    await client
      .use([reading((context, next) => (modes.push(context.plugins.get("my-app:mode")?.getMode()), next()))])
      .get("posts");
    expect(modes).toEqual(["light"]);
  });
});
