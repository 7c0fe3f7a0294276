import { DatabaseSync } from "node:sqlite";
import { createRecordingLogger } from "@x/server/testing";
import { Func } from "@x/server";
import { RateLimiterMemory, RateLimiterSQLite } from "rate-limiter-flexible";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMemoryLimiter } from "./memory-limiter.ts";
import { type CreateLimiter, type Limiter, type RateLimitConfig, RateLimitPlugin } from "./index.ts";
import { serveApi } from "./test-support/call-api.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ONE = { limits: { burst: { points: 1, durationSeconds: 60 } } };

/** Calls of a function whose limits are in this store. */
function calls(createLimiter: CreateLimiter, config: RateLimitConfig = {}) {
  const { logger, lines } = createRecordingLogger();
  const plugin = new RateLimitPlugin({ createLimiter, config: { ...ONE, ...config } });
  const func = new Func({ plugins: [plugin], handler: () => "ok" });
  const call = () => func.invoke({ logger, event: { remoteAddress: "192.0.2.1" } });
  return {
    call,
    func,
    messages: () => lines.filter(({ fields }) => fields["limit"]).map(({ level }) => level),
  };
}

describe("a store of rate-limiter-flexible", () => {
  it("counts for several processes: here SQLite", async () => {
    const database = new DatabaseSync(":memory:");
    // What the limiter needs of better-sqlite3, whose statements are alike.
    const storeClient = {
      prepare: (sql: string) => database.prepare(sql),
      transaction: (run: () => unknown) => run,
    };
    const createLimiter: CreateLimiter = (options) =>
      new Promise((resolve, reject) => {
        const limiter = new RateLimiterSQLite(
          { ...options, storeClient, storeType: "better-sqlite3", tableName: "limits" },
          (error) => (error ? reject(error) : resolve(limiter)),
        );
      });
    const config = {
      limits: { burst: { points: 2, durationSeconds: 60, blockDurationSeconds: 90 } },
      trustedProxies: 1,
    };
    const create = () => serveApi([new RateLimitPlugin({ createLimiter, config })]);
    await using first = create();
    await using second = create();
    expect((await first.call()).limits).toEqual({ burst: [1, 60] });
    expect((await second.call()).limits).toEqual({ burst: [0, 60] });
    expect(await first.call()).toMatchObject({ status: 429, retryAfter: "90" });
    await vi.advanceTimersByTimeAsync(90_000);
    expect((await second.call()).status).toBe(200);
    database.close();
  });

  it("is asked by whatever limiter code makes of it", async () => {
    const { call } = calls((options) => new RateLimiterMemory({ ...options }));
    expect(await call()).toBe("ok");
    await expect(call()).rejects.toMatchObject({ statusCode: 429 });
  });
});

describe("a store that is down", () => {
  /** A store that can be broken and mended. */
  function breakable(): { createLimiter: CreateLimiter; set: (consume: Limiter["consume"]) => void } {
    let consume: Limiter["consume"] = async () => ({ remainingPoints: 1, msBeforeNext: 1000 });
    return { createLimiter: () => ({ consume: (key) => consume(key) }), set: (next) => (consume = next) };
  }

  it.each([
    ["rejects", () => Promise.reject(new Error("ECONNREFUSED"))],
    ["rejects with nothing", () => Promise.reject()],
    ["rejects with what is no state", () => Promise.reject({ msBeforeNext: "soon" })],
    [
      "throws",
      () => {
        throw new Error("closed");
      },
    ],
  ])("lets requests pass by default, and says so once: one that %s", async (_, broken) => {
    const { createLimiter, set } = breakable();
    const { call, messages } = calls(createLimiter);
    set(broken);
    expect([await call(), await call()]).toEqual(["ok", "ok"]);
    set(async () => ({ remainingPoints: 1, msBeforeNext: 1000 }));
    expect([await call(), await call()]).toEqual(["ok", "ok"]);
    set(broken);
    await call();
    expect(messages()).toEqual(["error", "info", "error"]);
  });

  it("refuses them where that is safer, and the next request tries again", async () => {
    const { createLimiter, set } = breakable();
    const { call } = calls(createLimiter, { onStoreError: "refuse" });
    set(() => Promise.reject(new Error("password=hunter2")));
    await expect(call()).rejects.toMatchObject({
      statusCode: 503,
      code: "RATE_LIMIT_UNAVAILABLE",
      message: "requests cannot be counted just now",
    });
    set(async () => ({ remainingPoints: 1, msBeforeNext: 1000 }));
    expect(await call()).toBe("ok");
  });

  it("does not hold a request for longer than its time", async () => {
    const { createLimiter, set } = breakable();
    const { call } = calls(createLimiter, { onStoreError: "refuse", storeTimeoutMs: 250 });
    let fail = (_error: Error) => {};
    set(() => new Promise((_, reject) => (fail = reject)));
    const [refused] = await Promise.all([
      call().catch((error: unknown) => error),
      vi.advanceTimersByTimeAsync(250),
    ]);
    expect(refused).toMatchObject({ code: "RATE_LIMIT_UNAVAILABLE" });
    // What comes too late disturbs nobody.
    fail(new Error("too late"));
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves the other limits alone", async () => {
    const config = { limits: { broken: { points: 9, durationSeconds: 9 }, ...ONE.limits } };
    const { call } = calls(
      (options) =>
        options.keyPrefix.endsWith("broken")
          ? { consume: () => Promise.reject(new Error("down")) }
          : new RateLimiterMemory({ ...options }),
      config,
    );
    expect(await call()).toBe("ok");
    await expect(call()).rejects.toMatchObject({ statusCode: 429 });
  });

  it("fails the mount when it cannot even be opened, and the next request tries again", async () => {
    let attempts = 0;
    const { call } = calls(async (options) => {
      attempts += 1;
      if (attempts === 1) throw new Error("no table");
      return new RateLimiterMemory({ ...options });
    });
    await expect(call()).rejects.toThrow("no table");
    expect(await call()).toBe("ok");
  });
});

describe("memory", () => {
  const options = { keyPrefix: "t", points: 1, duration: 60, blockDuration: 0 };

  it("B-79: holds no more keys than it may, and forgets who was silent longest", async () => {
    const limiter = await createMemoryLimiter(options, 100);
    for (let index = 0; index < 10_000; index += 1) {
      await limiter.consume(`made-up-${index}`);
      expect(limiter.size).toBeLessThanOrEqual(100);
    }
    expect(vi.getTimerCount()).toBe(100);
    await expect(limiter.consume("made-up-9900")).rejects.toMatchObject({ remainingPoints: 0 });
    await expect(limiter.consume("made-up-0")).resolves.toMatchObject({ remainingPoints: 0 });
    limiter.close();
    expect([limiter.size, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it("keeps who keeps calling, however many others come", async () => {
    const limiter = await createMemoryLimiter(options, 10);
    await limiter.consume("busy");
    for (let wave = 0; wave < 20; wave += 1) {
      for (let index = 0; index < 5; index += 1) await limiter.consume(`made-up-${wave}-${index}`);
      await expect(limiter.consume("busy")).rejects.toMatchObject({ remainingPoints: 0 });
    }
    limiter.close();
  });

  it("lets go of what has expired as others come", async () => {
    const limiter = await createMemoryLimiter(options, 1000);
    for (let index = 0; index < 500; index += 1) await limiter.consume(`wave-${index}`);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(vi.getTimerCount()).toBe(0);
    for (let index = 0; index < 500; index += 1) await limiter.consume("one").catch(() => {});
    expect(limiter.size).toBe(1);
    limiter.close();
  });

  it("remembers a block for its whole time", async () => {
    const limiter = await createMemoryLimiter({ ...options, blockDuration: 600 }, 1000);
    await limiter.consume("a");
    await limiter.consume("a").catch(() => {});
    await vi.advanceTimersByTimeAsync(599_999);
    for (let index = 0; index < 10; index += 1) await limiter.consume(`other-${index}`);
    await expect(limiter.consume("a")).rejects.toMatchObject({ msBeforeNext: 1 });
    limiter.close();
  });

  it("is bounded in a plugin by maxKeys", async () => {
    const plugin = new RateLimitPlugin({ config: { ...ONE, trustedProxies: 1, maxKeys: 5 } });
    await using api = serveApi([plugin]);
    for (let index = 0; index < 50; index += 1) await api.call({ from: `192.0.2.${index}` });
    expect((await api.call({ from: "192.0.2.49" })).status).toBe(429);
    expect((await api.call({ from: "192.0.2.1" })).status).toBe(200);
  });
});
