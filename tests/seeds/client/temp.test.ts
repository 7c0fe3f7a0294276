import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { describe, expect, it, vi } from "vitest";
import { collectLogs } from "./collect-logs.ts";
import { serving } from "./serving.ts";

const logs = collectLogs();

function timingPlugin(): ClientPlugin {
  return {
    name: "my-app:timing",
    operations: ["read", "write"],

    middleware: async (context, next) => {
      // ✅ Before next()
      context.temp.set("timing:start", Date.now());

      const response = await next();

      // ❌ After next(): not when something inside throws
      // context.temp.set("something", value);

      return response;
    },

    afterResponse(context, response) {
      const start = context.temp.get("timing:start") as number | undefined;

      if (start) {
        const duration = Date.now() - start;
        console.log(`Request took ${duration}ms`);
      }
    },
  };
}

describe("temp, from middleware to afterResponse", () => {
  it("carries the start of a read and of a write to its end", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const bench = createTestBench();
    const client = bench.client.use([timingPlugin()]);
    const held = bench.transport.hold("GET posts");
    bench.transport.reply("POST posts", { data: "created" });

    const pending = client.get("posts");
    await bench.clock.advance(0);
    vi.advanceTimersByTime(40);
    held[0]?.reply({ data: "read" });
    await pending;
    await client.post("posts", { body: {} });

    expect(logs).toEqual(["Request took 40ms", "Request took 0ms"]);
    vi.useRealTimers();
  });

  it("is there when a plugin further in answers early", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: "read" });
    const client = bench.client.use([timingPlugin(), serving()]);
    await client.get("posts");
    await client.get("posts");
    expect(bench.transport.requests).toHaveLength(1);
    expect(logs).toHaveLength(2);
  });

  it("is there when the request fails, is aborted, or a plugin further in throws", async () => {
    const bench = createTestBench();
    const throwing: ClientPlugin = {
      name: "my-app:throwing",
      operations: ["write"],
      middleware: async () => Promise.reject(new Error("no")),
    };
    bench.transport.reply("GET posts", { status: 500 });
    const held = bench.transport.hold("GET slow");
    const client = bench.client.use([timingPlugin(), throwing]);
    await client.get("posts");
    await client.post("posts", { body: {} });
    const controller = new AbortController();
    const pending = client.get("slow", { signal: controller.signal });
    await bench.clock.advance(0);
    expect(held).toHaveLength(1);
    controller.abort();
    await pending;
    expect(logs).toHaveLength(3);
  });

  it("is empty for a plugin that never started, since one further out had answered (B-16)", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: "read" });
    const client = bench.client.use([timingPlugin(), serving(-10)]);
    await client.get("posts");
    await client.get("posts");
    expect(bench.transport.requests).toHaveLength(1);
    expect(logs).toHaveLength(1);
  });

  it("belongs to one request, also of two in flight", async () => {
    const bench = createTestBench();
    const seen: unknown[] = [];
    const client = bench.client.use([
      {
        name: "my-app:notes",
        operations: ["read"],
        middleware: async (context, next) => {
          expect(context.temp.size).toBe(0);
          context.temp.set("notes:path", context.path);
          return next();
        },
        afterResponse(context) {
          seen.push([context.path, [...context.temp]]);
        },
      },
    ]);
    const first = bench.transport.hold("GET first");
    bench.transport.reply("GET second", { data: 2 });
    const pending = client.get("first");
    await client.get("second");
    first[0]?.reply({ data: 1 });
    await pending;
    expect(seen).toEqual([
      ["second", [["notes:path", "second"]]],
      ["first", [["notes:path", "first"]]],
    ]);
  });
});

describe("keys in temp", () => {
  const named = (name: string, key: string): ClientPlugin => ({
    name,
    operations: ["read"],
    middleware: async (context, next) => {
      context.temp.set(key, name);
      return next();
    },
    afterResponse(context) {
      console.log(`${name} finds ${context.temp.get(key)}`);
    },
  });

  it("collide when they are generic", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: "read" });
    await bench.client.use([named("my-plugin", "flag"), named("your-plugin", "flag")]).get("posts");
    expect(logs).toEqual(["my-plugin finds your-plugin", "your-plugin finds your-plugin"]);
  });

  it("do not collide when they begin with the plugin's name", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: "read" });
    const plugins = [named("my-plugin", "my-plugin:flag"), named("your-plugin", "your-plugin:flag")];
    await bench.client.use(plugins).get("posts");
    expect(logs).toEqual(["my-plugin finds my-plugin", "your-plugin finds your-plugin"]);
  });

  it("hold any value: a flag, a time", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: "read" });
    const client = bench.client.use([
      {
        name: "my-plugin",
        middleware: async (context, next) => {
          // ✅ Namespaced
          context.temp.set("my-plugin:flag", true);
          context.temp.set("my-plugin:timestamp", Date.now());

          // ❌ Generic
          context.temp.set("flag", true);
          context.temp.set("timestamp", Date.now());
          return next();
        },
        afterResponse(context) {
          console.log([...context.temp.keys()].join());
        },
      },
    ]);
    await client.get("posts");
    expect(logs).toEqual(["my-plugin:flag,my-plugin:timestamp,flag,timestamp"]);
  });
});

function requestIdPlugin(): ClientPlugin {
  return {
    name: "my-app:request-id",
    operations: ["read", "write"],

    middleware: async (context, next) => {
      const requestId = crypto.randomUUID();
      context.temp.set("request-id:id", requestId);
      context.request.headers["X-Request-ID"] = requestId;

      return next();
    },

    afterResponse(context, response) {
      const requestId = context.temp.get("request-id:id") as string;
      console.log(`[${requestId}] ${context.method} ${context.path} - ${response.status}`);
    },
  };
}

describe("a request's id", () => {
  it("goes out as a header and is logged with the outcome, of each request its own", async () => {
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: "read" }).reply("POST posts", { status: 503 });
    const client = bench.client.use([requestIdPlugin()]);
    await client.get("posts");
    await client.post("posts", { body: {} });
    const [first, second] = bench.transport.requests.map(({ headers }) => headers["x-request-id"]);
    expect(logs).toEqual([`[${first}] GET posts - 200`, `[${second}] POST posts - 503`]);
    expect(first).not.toBe(second);
  });
});
