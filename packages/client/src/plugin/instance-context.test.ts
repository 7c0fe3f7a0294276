import { describe, expect, it } from "vitest";
import { definePlugin } from "./define-plugin.ts";
import type { ClientPlugin } from "./plugin.ts";
import { createTestBench } from "../testing/index.ts";

interface Counter {
  increment(): number;
}

declare module "../registries.ts" {
  interface PluginInternalRegistry {
    "instance-test:counter": Counter;
  }
}

describe("plugins.get outside of a request", () => {
  it("B-13 setup and api get a plugin's API with its lasting state, made once", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    let made = 0;
    let count = 0;
    const lasting: ClientPlugin = {
      name: "instance-test:counter",
      internal(): Counter {
        made += 1;
        return { increment: () => (count += 1) };
      },
    };
    const seen: unknown[] = [];
    const user = definePlugin<{ methods: { count(): number } }>()({
      name: "user",
      dependencies: ["instance-test:counter"],
      setup: ({ plugins }) => void seen.push(plugins.get("instance-test:counter").increment()),
      api: ({ plugins }) => ({ count: () => plugins.get("instance-test:counter").increment() }),
      afterResponse: ({ plugins }) => void seen.push(plugins.get("instance-test:counter").increment()),
    });
    const withUser = client.use([user, lasting]);
    expect([withUser.count(), withUser.count()]).toEqual([2, 3]);
    expect(made).toBe(1);
    await withUser.get("items");
    expect(seen).toEqual([1, 4]);
  });

  const REQUEST_FIELDS = [
    "operationType",
    "path",
    "method",
    "queryKey",
    "tags",
    "requestTimestamp",
    "instanceId",
    "observed",
    "temp",
    "pluginOptions",
    "forceRefetch",
    "refetch",
    "setMeta",
    "onCleanup",
  ] as const;

  it.each(REQUEST_FIELDS)("NO_REQUEST is what an API is told that touches %s", async (field) => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const touching: ClientPlugin = {
      name: "touching",
      internal: (context) => ({ touch: () => context[field] }),
    };
    const touch = (api: unknown) => (api as { touch(): unknown }).touch();
    const user = definePlugin<{ methods: { touch(): unknown } }>()({
      name: "user",
      api: ({ plugins }) => ({ touch: () => touch(plugins.get("touching")) }),
      middleware(context, next) {
        touch(context.plugins.get("touching"));
        return next();
      },
    });
    const withUser = client.use([user, touching]);
    expect(() => withUser.touch()).toThrow(expect.objectContaining({ code: "NO_REQUEST" }));
    expect((await withUser.get("items")).error).toBeUndefined();
  });

  it("NO_REQUEST in setup is the cause of SETUP_THREW", () => {
    const { client } = createTestBench();
    const touching: ClientPlugin = {
      name: "touching",
      internal: ({ temp }) => ({ size: temp.size }),
      setup: ({ plugins }) => void plugins.get("touching"),
    };
    expect(() => client.use([touching])).toThrow(
      expect.objectContaining({
        code: "SETUP_THREW",
        plugin: "touching",
        cause: expect.objectContaining({ code: "NO_REQUEST" }),
      }),
    );
  });
});

describe("what setup and api are given", () => {
  it("sends requests through all plugins", async () => {
    const { client, transport } = createTestBench();
    transport.reply("POST items", { data: 1 });
    const seen: string[] = [];
    const watching: ClientPlugin = {
      name: "watching",
      middleware(context, next) {
        seen.push(context.queryKey);
        return next();
      },
    };
    const sender = definePlugin<{ methods: { sendAll(): Promise<unknown> } }>()({
      name: "sender",
      api: ({ send }) => ({ sendAll: () => send("items", { method: "POST" }) }),
    });
    expect(await client.use([watching, sender]).sendAll()).toMatchObject({ data: 1, status: 200 });
    expect(seen).toEqual(["POST items"]);
  });

  it("is the client's own state, events and clock", () => {
    const { client, clock } = createTestBench();
    const seen: unknown[] = [];
    const looking: ClientPlugin = {
      name: "looking",
      setup: (context) => void seen.push(context.stateManager, context.eventEmitter, context.clock),
    };
    const { stateManager, eventEmitter } = client.use([looking]);
    expect(seen[0]).toBe(stateManager);
    expect(seen[1]).toBe(eventEmitter);
    expect(seen[2]).toBe(clock);
  });
});
