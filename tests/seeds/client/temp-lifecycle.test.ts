import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

declare module "@x/client" {
  interface PluginOptionsRegistry {
    enablePolling?: boolean;
  }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => vi.useRealTimers());

function pollingPlugin(): ClientPlugin {
  return {
    name: "my-app:polling",
    operations: ["read"],

    middleware: async (context, next) => {
      const response = await next();

      if (context.pluginOptions?.enablePolling) {
        const intervalId = setInterval(() => {
          context.refetch();
        }, 5000);

        context.temp.set("polling:intervalId", intervalId);
      }

      return response;
    },

    lifecycle: {
      onUnmount(context) {
        const intervalId = context.temp.get("polling:intervalId") as NodeJS.Timeout | undefined;

        if (intervalId) {
          clearInterval(intervalId);
        }
      },
    },
  };
}

/** The same, with its cleanup given to the request that it belongs to. */
function pollingWithCleanup(): ClientPlugin {
  return {
    name: "my-app:polling",
    operations: ["read"],

    middleware: async (context, next) => {
      const response = await next();

      if (context.pluginOptions?.enablePolling) {
        const intervalId = setInterval(() => {
          context.refetch();
        }, 5000);

        context.onCleanup(() => clearInterval(intervalId));
      }

      return response;
    },
  };
}

function createPolled(plugin: ClientPlugin, enablePolling = true) {
  const bench = createTestBench();
  bench.transport.reply("GET posts", { data: "read" });
  const observer = bench.client.use([plugin]).observe("posts", { enablePolling });
  const tick = async (ms: number) => {
    vi.advanceTimersByTime(ms);
    await bench.clock.advance(0);
  };
  return { ...bench, observer, tick };
}

describe("temp, from middleware to onUnmount", () => {
  it("carries the interval to where it is cleared", async () => {
    const { observer, transport, tick } = createPolled(pollingPlugin());
    observer.mount();
    await tick(4999);
    expect(vi.getTimerCount()).toBe(1);
    observer.unmount();
    expect(vi.getTimerCount()).toBe(0);
    await tick(60_000);
    expect(transport.requests).toHaveLength(1);
  });

  it("carries nothing when the option does not ask for it", async () => {
    const { observer, tick } = createPolled(pollingPlugin(), false);
    observer.mount();
    await tick(0);
    expect(vi.getTimerCount()).toBe(0);
    observer.unmount();
  });

  // What holds here: each refetch is a new request with a `temp` of its own (C1), so that `onUnmount` finds the
  // interval of the latest request, and those of the requests before it run on.
  it("carries the latest request's interval alone once it has fired", async () => {
    const { observer, transport, tick } = createPolled(pollingPlugin());
    observer.mount();
    await tick(0);
    await tick(5000);
    expect(transport.requests).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(2);
    observer.unmount();
    expect(vi.getTimerCount()).toBe(1);
  });
});

describe("onCleanup", () => {
  it("clears the interval of a request when the next one takes its place, and the last on unmount", async () => {
    const { observer, transport, tick } = createPolled(pollingWithCleanup());
    observer.mount();
    await tick(0);
    for (const count of [2, 3, 4]) {
      await tick(5000);
      expect(transport.requests).toHaveLength(count);
      expect(vi.getTimerCount()).toBe(1);
    }
    observer.unmount();
    expect(vi.getTimerCount()).toBe(0);
    await tick(60_000);
    expect(transport.requests).toHaveLength(4);
  });

  it("clears it also when the observer unmounts before there is one", async () => {
    const { observer, transport, tick } = createPolled(pollingWithCleanup());
    observer.mount();
    observer.unmount();
    await tick(0);
    expect(transport.requests).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("temp, in the hooks of an observer", () => {
  it("is that of the observer's latest request, and onUpdate has the previous one's as well", async () => {
    const log: unknown[] = [];
    const bench = createTestBench();
    bench.transport.reply("GET posts", { data: "read" });
    const observer = bench.client
      .use([
        {
          name: "my-app:hooks",
          operations: ["read"],
          middleware: async (context, next) => {
            context.temp.set("hooks:page", context.request.query);
            return next();
          },
          lifecycle: {
            onMount: (context) => void log.push(["mount", context.temp.size]),
            onUpdate: (context, previous) =>
              void log.push(["update", context.temp.size, previous.temp.get("hooks:page")]),
            onUnmount: (context) => void log.push(["unmount", context.temp.get("hooks:page")]),
          },
        },
      ])
      .observe("posts", { query: { page: 1 } });
    observer.mount();
    await bench.clock.advance(0);
    observer.update({ query: { page: 2 } });
    await bench.clock.advance(0);
    observer.unmount();
    expect(log).toEqual([
      ["mount", 0],
      ["update", 0, { page: 1 }],
      ["unmount", { page: 2 }],
    ]);
  });
});
