import { defineApi, Func, HttpError, type InvokeData, type Plugin } from "@x/server";
import { createTestApp, silentLogger } from "@x/server/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type LimitConfig, type RateLimitConfig, RateLimitPlugin } from "./index.ts";
import { serveApi } from "./test-support/call-api.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const limited = (limits: Readonly<Record<string, LimitConfig>>, config: RateLimitConfig = {}) =>
  new RateLimitPlugin({ config: { limits, trustedProxies: 1, ...config } });
const THREE: LimitConfig = { points: 3, durationSeconds: 60 };

describe("a limit", () => {
  it("lets as many requests pass as it has points, and refuses the rest until the window ends", async () => {
    await using api = serveApi([limited({ burst: THREE })]);
    const statuses = async (count: number) => {
      const seen: number[] = [];
      for (let index = 0; index < count; index += 1) seen.push((await api.call()).status);
      return seen;
    };
    expect(await statuses(5)).toEqual([200, 200, 200, 429, 429]);
    await vi.advanceTimersByTimeAsync(59_999);
    expect(await statuses(1)).toEqual([429]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
  });

  it("counts requests that arrive together one by one", async () => {
    await using api = serveApi([limited({ burst: THREE })]);
    const responses = await Promise.all(Array.from({ length: 20 }, () => api.call()));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(3);
  });

  it("does not run the handler of a request that it refuses", async () => {
    const handler = vi.fn<() => number>(() => 1);
    await using api = serveApi([limited({ burst: { points: 1, durationSeconds: 1 } })], handler);
    await api.call();
    await api.call();
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it("may block for longer than its window, from the first request too many", async () => {
    await using api = serveApi([
      limited({ login: { points: 1, durationSeconds: 10, blockDurationSeconds: 300 } }),
    ]);
    await api.call();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(await api.call()).toMatchObject({ status: 429, retryAfter: "300", limits: { login: [0, 300] } });
    await vi.advanceTimersByTimeAsync(299_999);
    expect(await api.call()).toMatchObject({ status: 429, retryAfter: "1" });
    await vi.advanceTimersByTimeAsync(1);
    expect((await api.call()).status).toBe(200);
  });

  it("is one of several, and one that refuses takes no point of those after it", async () => {
    const daily = { points: 4, durationSeconds: 86_400 };
    await using api = serveApi([limited({ burst: { points: 2, durationSeconds: 1 }, daily })]);
    await api.call();
    await api.call();
    for (let index = 0; index < 9; index += 1) expect((await api.call()).status).toBe(429);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await api.call()).toMatchObject({ status: 200, limits: { burst: [1, 1], daily: [1, 86_399] } });
    await api.call();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await api.call()).toMatchObject({ status: 429, limits: { burst: [1, 1], daily: [0, 86_398] } });
  });
});

describe("the response", () => {
  it("tells of every limit what it is, what is left and when there is more", async () => {
    const hourly = { points: 100, durationSeconds: 3600 };
    await using api = serveApi([limited({ burst: THREE, "hourly.v2": hourly })]);
    await api.call();
    await vi.advanceTimersByTimeAsync(1500);
    expect(await api.call()).toMatchObject({
      policies: { burst: [3, 60], "hourly.v2": [100, 3600] },
      limits: { burst: [1, 59], "hourly.v2": [98, 3599] },
      retryAfter: null,
    });
  });

  it("is a 429 with Retry-After where there is nothing left", async () => {
    await using api = serveApi([limited({ burst: { points: 1, durationSeconds: 60 } })]);
    await api.call();
    await vi.advanceTimersByTimeAsync(100);
    expect(await api.call()).toMatchObject({
      status: 429,
      policies: { burst: [1, 60] },
      limits: { burst: [0, 60] },
      retryAfter: "60",
      body: { code: "RATE_LIMITED", detail: "too many requests: try again in 60 s" },
    });
  });

  it("tells it as well when something else fails", async () => {
    await using api = serveApi([limited({ burst: THREE })], () => {
      throw new HttpError({ statusCode: 404 });
    });
    expect(await api.call()).toMatchObject({ status: 404, limits: { burst: [2, 60] } });
  });

  it("says no more than when to come back where headers are off", async () => {
    const plugin = limited({ burst: { points: 1, durationSeconds: 60 } }, { headers: false });
    await using api = serveApi([plugin]);
    expect(await api.call()).toMatchObject({ status: 200, policies: {}, limits: {} });
    expect(await api.call()).toMatchObject({ status: 429, policies: {}, limits: {}, retryAfter: "60" });
  });
});

describe("two instances", () => {
  it("count apart, and share the headers", async () => {
    const outer = limited({ address: THREE });
    const inner = new RateLimitPlugin({
      name: "by-key",
      config: {
        trustedProxies: 1,
        limits: { key: { points: 1, durationSeconds: 10, by: "header:x-api-key" } },
      },
    });
    await using api = serveApi([outer, inner]);
    const headers = { "x-api-key": "a" };
    expect((await api.call({ headers })).limits).toEqual({ address: [2, 60], key: [0, 10] });
    expect(await api.call({ headers })).toMatchObject({
      status: 429,
      policies: { address: [3, 60], key: [1, 10] },
      limits: { address: [1, 60], key: [0, 10] },
    });
  });
});

describe("one instance in several functions", () => {
  it("counts their requests together, until the last of them is closed", async () => {
    const plugin = limited({ burst: { points: 2, durationSeconds: 60 } });
    const create = () => new Func({ plugins: [plugin], handler: () => "ok" });
    const [first, second] = [create(), create()];
    const event = { remoteAddress: "192.0.2.1" };
    await first.invoke({ event });
    await second.invoke({ event });
    await expect(first.invoke({ event })).rejects.toMatchObject({ statusCode: 429 });
    await first.close();
    await expect(second.invoke({ event })).rejects.toMatchObject({ statusCode: 429 });
    await second.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("over a connection", () => {
  it("counts by the address at its other end", async () => {
    vi.useRealTimers();
    const plugin = new RateLimitPlugin({ config: { limits: { burst: { points: 1, durationSeconds: 60 } } } });
    const api = defineApi({ method: "GET", plugins: [plugin], handler: () => "ok" });
    await using app = createTestApp({ routes: { api } });
    const { url } = await app.listen({ port: 0, signals: false });
    const call = (spoofed: string) => fetch(`${url}/api`, { headers: { "x-forwarded-for": spoofed } });
    const first = await call("203.0.113.1");
    expect([first.status, await first.json()]).toEqual([200, "ok"]);
    const second = await call("203.0.113.2");
    expect([second.status, second.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(await second.json()).toMatchObject({ status: 429, code: "RATE_LIMITED" });
  });
});

describe("jobs", () => {
  it("pass", async () => {
    const job = new Func({
      runtime: "job",
      plugins: [limited({ burst: { points: 1, durationSeconds: 60 } })],
      handler: () => "done",
    });
    for (let index = 0; index < 3; index += 1) expect(await job.invoke({})).toBe("done");
  });
});

describe("a function without HTTP around it", () => {
  it("is limited, and has no headers to set", async () => {
    const func = new Func({
      plugins: [limited({ burst: THREE })],
      handler: ({ response }: InvokeData) => response,
    });
    const event = { remoteAddress: "192.0.2.1" };
    for (let index = 0; index < 3; index += 1) await func.invoke({ event });
    await expect(func.invoke({ event })).rejects.toMatchObject({ code: "RATE_LIMITED" });
    const input = { event: { remoteAddress: "192.0.2.2" } };
    await func.invoke(input);
    expect(Object.getOwnPropertySymbols(input)).toEqual([]);
    await func.close();
  });
});

describe("closing", () => {
  it("ends every timer, and a mount that fails later leaves none", async () => {
    const failing: Plugin = {
      type: "t",
      name: "t",
      onMount() {
        throw new Error("not today");
      },
    };
    const plugin = limited({ burst: THREE });
    const func = new Func({ plugins: [plugin, failing], handler: () => 1, name: "closing" });
    await expect(func.invoke({ logger: silentLogger })).rejects.toThrow("not today");
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("the hook itself", () => {
  it("refuses to run unmounted", async () => {
    const plugin = limited({ burst: THREE });
    const func = new Func({
      plugins: [{ type: "t", name: "t", onInvoke: (data, next) => plugin.onInvoke(data, next) }],
      handler: () => "reached",
    });
    await expect(func.invoke({ logger: silentLogger })).rejects.toMatchObject({ code: "MOUNT_INCOMPLETE" });
  });
});
