import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { serving } from "./serving.ts";

const events: string[] = [];
beforeEach(() => void (events.length = 0));

function trackEvent(name: string, details?: { readonly duration: number }): void {
  events.push(details ? `${name} ${details.duration >= 0}` : name);
}

/** ❌ Sets its data after `next()`. */
function wrongAnalyticsPlugin(): ClientPlugin {
  return {
    name: "my-app:analytics",
    operations: ["read"],

    middleware: async (context, next) => {
      const response = await next();

      context.temp.set("analytics:completed", true);

      return response;
    },

    afterResponse(context, response) {
      const completed = context.temp.get("analytics:completed");

      if (completed) {
        trackEvent("request_completed");
      }
    },
  };
}

/** ✅ Sets its data before `next()`. */
function rightAnalyticsPlugin(): ClientPlugin {
  return {
    name: "my-app:analytics",
    operations: ["read"],

    middleware: async (context, next) => {
      context.temp.set("analytics:started", Date.now());

      const response = await next();
      return response;
    },

    afterResponse(context, response) {
      const started = context.temp.get("analytics:started") as number;

      trackEvent("request_duration", { duration: Date.now() - started });
    },
  };
}

const throwing: ClientPlugin = {
  name: "my-app:throwing",
  operations: ["read"],
  middleware: async () => {
    throw new Error("no");
  },
};

describe("data that is set after next()", () => {
  // What holds here: an early return unwinds through every plugin further out, so it alone loses nothing (B-2).
  it("is there when a plugin further in answered early", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: "read" });
    const client = bench.client.use([wrongAnalyticsPlugin(), serving()]);
    await client.get("posts");
    await client.get("posts");
    expect(events).toEqual(["request_completed", "request_completed"]);
  });

  it("is missing when a plugin further in threw, although afterResponse runs (B-9)", async () => {
    const { error } = await createTestBench().client.use([wrongAnalyticsPlugin(), throwing]).get("posts");
    expect(error?.code).toBe("PLUGIN_THREW");
    expect(events).toEqual([]);
  });

  it("is missing when a cache further out has the answer: the plugin never starts (B-16)", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: "read" });
    const client = bench.client.use([serving(-10), wrongAnalyticsPlugin()]);
    await client.get("posts");
    await client.get("posts");
    expect(events).toEqual(["request_completed"]);
  });
});

describe("data that is set before next()", () => {
  it("is there when a plugin further in answered early", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: "read" });
    const client = bench.client.use([rightAnalyticsPlugin(), serving()]);
    await client.get("posts");
    await client.get("posts");
    expect(events).toEqual(["request_duration true", "request_duration true"]);
  });

  it("is there when a plugin further in threw", async () => {
    await createTestBench().client.use([rightAnalyticsPlugin(), throwing]).get("posts");
    expect(events).toEqual(["request_duration true"]);
  });

  // What holds here: "before" helps a plugin that starts. One behind a cache has no start to tell, and no stale one.
  it("is missing, like all else, when a cache further out has the answer", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: "read" });
    const client = bench.client.use([serving(-10), rightAnalyticsPlugin()]);
    await client.get("posts");
    await client.get("posts");
    expect(events).toEqual(["request_duration true", "request_duration false"]);
  });
});
