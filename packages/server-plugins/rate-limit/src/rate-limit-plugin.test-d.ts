import type { InvokeData, Plugin, PluginClass } from "@x/server";
import {
  RateLimiterMemory,
  type RateLimiterPostgres,
  RateLimiterRedis,
  type RateLimiterRes,
} from "rate-limiter-flexible";
import { describe, expectTypeOf, it } from "vitest";
import DefaultExport, { type Limiter, type LimitState, RateLimitPlugin } from "./index.ts";

describe("RateLimitPlugin", () => {
  it("is a class as faas.yaml names it, by default and by name", () => {
    expectTypeOf(RateLimitPlugin).toExtend<PluginClass>();
    expectTypeOf(DefaultExport).toEqualTypeOf(RateLimitPlugin);
    expectTypeOf<RateLimitPlugin>().toExtend<Plugin>();
  });

  it("takes the limiters of rate-limiter-flexible as they are, made from its options", () => {
    expectTypeOf<RateLimiterRedis>().toExtend<Limiter>();
    expectTypeOf<RateLimiterPostgres>().toExtend<Limiter>();
    expectTypeOf<RateLimiterRes>().toExtend<LimitState>();
    const storeClient: unknown = {};
    void new RateLimitPlugin({
      createLimiter: (options) => new RateLimiterRedis({ ...options, storeClient }),
    });
    void new RateLimitPlugin({ createLimiter: async (options) => new RateLimiterMemory(options) });
    // @ts-expect-error A limiter counts.
    void new RateLimitPlugin({ createLimiter: () => ({}) });
  });

  it("gives keys of one's own the data of the request", () => {
    void new RateLimitPlugin({
      keys: {
        tenant(data) {
          expectTypeOf(data).toEqualTypeOf<InvokeData>();
          return data.event.headers["x-tenant"];
        },
      },
    });
  });

  it("completes the ways to count, and refuses options that it does not know", () => {
    void new RateLimitPlugin({
      config: { limits: { a: { points: 1, durationSeconds: 1, by: "header:x-api-key" } } },
    });
    // @ts-expect-error A misspelt option.
    void new RateLimitPlugin({ config: { limits: { a: { point: 1, durationSeconds: 1 } } } });
    // @ts-expect-error It is allow or refuse.
    void new RateLimitPlugin({ config: { onStoreError: "ignore" } });
  });
});
