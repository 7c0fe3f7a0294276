import { Func, type InvokeData, type Plugin } from "@x/server";
import { createRecordingLogger } from "@x/server/testing";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type LimiterOptions,
  type RateLimitConfig,
  type RateLimitOptions,
  RateLimitPlugin,
} from "./index.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

declare module "@x/server" {
  interface DefineApiInject {
    current_user?: { readonly id?: unknown } | null;
    current_machine?: { readonly id: number };
  }
}

/** A plugin whose limiter only notes the keys that it is asked about. */
function recording(by: string, options: RateLimitOptions = {}) {
  const keys: string[] = [];
  const plugin = new RateLimitPlugin({
    ...options,
    config: { ...options.config, limits: { a: { points: 1, durationSeconds: 1, by } } },
    createLimiter: () => ({
      consume(key) {
        keys.push(key);
        return Promise.resolve({ remainingPoints: 1, msBeforeNext: 1 });
      },
    }),
  });
  return { plugin, keys };
}

interface Caller {
  readonly remoteAddress?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The key of one request by `ip`. */
async function keyOf(caller: Caller, config: RateLimitConfig = {}): Promise<string | undefined> {
  const { plugin, keys } = recording("ip", { config });
  await new Func({ plugins: [plugin], handler: () => 1 }).invoke({
    event: caller,
    logger: createRecordingLogger().logger,
  });
  return keys[0];
}

const forwarded = (value: string, remoteAddress = "10.0.0.1"): Caller => ({
  remoteAddress,
  headers: { "x-forwarded-for": value },
});

describe("the address of a client", () => {
  it("is that of the connection, whatever a header says", async () => {
    expect(await keyOf(forwarded("203.0.113.9", "192.0.2.1"))).toBe("ip:192.0.2.1");
  });

  it.each<[number, string, string]>([
    [1, "203.0.113.9", "203.0.113.9"],
    [1, "198.51.100.66, 203.0.113.9", "203.0.113.9"],
    [2, "198.51.100.66, 203.0.113.9, 10.0.0.2", "203.0.113.9"],
    [2, "203.0.113.9", "203.0.113.9"],
    [1, " 203.0.113.9:4711 ", "203.0.113.9"],
    [1, "[2001:db8::1]:443", "2001:db8::/64"],
    [1, "unknown", "10.0.0.1"],
    [1, "", "10.0.0.1"],
    [2, "198.51.100.66, _hidden, 10.0.0.2", "10.0.0.2"],
    [1, "0x7f.1", "10.0.0.1"],
    [1, "127.1", "10.0.0.1"],
  ])("behind %d proxies of one's own, with %j, is %s", async (trustedProxies, header, expected) => {
    expect(await keyOf(forwarded(header), { trustedProxies })).toBe(`ip:${expected}`);
  });

  it("may be told by another header", async () => {
    const caller = { headers: { "cf-connecting-ip": "203.0.113.9", "x-forwarded-for": "198.51.100.66" } };
    expect(await keyOf(caller, { trustedProxies: 1, addressHeader: "CF-Connecting-IP" })).toBe(
      "ip:203.0.113.9",
    );
  });

  it("is the same on a socket for both versions of IP", async () => {
    expect(await keyOf({ remoteAddress: "::ffff:192.0.2.1" })).toBe("ip:192.0.2.1");
    expect(await keyOf({ remoteAddress: "::FFFF:C000:0201" })).toBe("ip:192.0.2.1");
  });

  it("is the network of an IPv6 address: who has one, has all of it", async () => {
    expect(await keyOf({ remoteAddress: "2001:db8:1:2:3:4:5:6" })).toBe("ip:2001:db8:1:2::/64");
    expect(await keyOf({ remoteAddress: "2001:DB8:1:2::9%eth0" })).toBe("ip:2001:db8:1:2::/64");
    expect(await keyOf({ remoteAddress: "2001:db8:1:2ff::9" }, { ipv6PrefixLength: 56 })).toBe(
      "ip:2001:db8:1:200::/56",
    );
    expect(await keyOf({ remoteAddress: "2001:db8::9" }, { ipv6PrefixLength: 128 })).toBe(
      "ip:2001:db8::9/128",
    );
  });

  it("is one for all where it is not known, which the log is told of once", async () => {
    const { logger, lines } = createRecordingLogger();
    const { plugin, keys } = recording("ip");
    const func = new Func({ plugins: [plugin], handler: () => 1 });
    await func.invoke({ logger });
    await func.invoke({ logger, event: { remoteAddress: "/run/socket" } });
    expect(keys).toEqual(["ip:unknown", "ip:unknown"]);
    expect(lines.filter(({ level }) => level === "warn")).toHaveLength(1);
  });

  it("comes out of any header, and short", async () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(fc.ipV4Extended(), fc.ipV6(), fc.string())).map(String),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.nat(4), async (header, trustedProxies) => {
        const key = await keyOf(forwarded(header), { trustedProxies });
        expect(key).toMatch(/^ip:[\da-f.:]+(\/64)?$/);
      }),
    );
  });
});

describe("by user", () => {
  const asUser = (user: InvokeData["current_user"]): Plugin => ({
    type: "t",
    name: "t",
    onInvoke: (data, next) => (Object.assign(data, { current_user: user }), next()),
  });
  const keysOf = async (user: InvokeData["current_user"], options?: RateLimitOptions) => {
    const { plugin, keys } = recording("user", options);
    const func = new Func({ plugins: [asUser(user), plugin], handler: () => 1 });
    await func.invoke({ event: { remoteAddress: "192.0.2.1" }, current_machine: { id: 7 } });
    return keys;
  };

  it("counts by the user's id, as text or number", async () => {
    expect(await keysOf({ id: "ann" })).toEqual(["user:ann"]);
    expect(await keysOf({ id: 0 })).toEqual(["user:0"]);
  });

  it.each([null, undefined, {}, { id: null }, { id: { toString: () => "ann" } }])(
    "counts by address without one: %j",
    async (user) => {
      expect(await keysOf(user)).toEqual(["ip:192.0.2.1"]);
    },
  );

  it("looks where it is told to", async () => {
    expect(await keysOf({ id: "ann" }, { config: { userField: "current_machine" } })).toEqual(["user:7"]);
  });

  it("keeps users apart from addresses, and long names short", async () => {
    expect(await keysOf({ id: "192.0.2.1" })).toEqual(["user:192.0.2.1"]);
    expect(await keysOf({ id: "x".repeat(10_000) })).toEqual([expect.stringMatching(/^user:[\da-f]{64}$/)]);
  });
});

describe("by header", () => {
  const keyFor = async (headers: Record<string, string>, by = "header:X-Api-Key") => {
    const { plugin, keys } = recording(by);
    const event = { headers, remoteAddress: "192.0.2.1" };
    await new Func({ plugins: [plugin], handler: () => 1 }).invoke({ event });
    return keys[0];
  };

  it("counts by what it holds, which the store does not learn", async () => {
    const key = await keyFor({ "x-api-key": "hunter2" });
    expect(key).toMatch(/^header:x-api-key:[\da-f]{64}$/);
    expect(await keyFor({ "x-api-key": "hunter2" }, "header:x-api-key")).toBe(key);
    expect(await keyFor({ "x-api-key": "hunter3" })).not.toBe(key);
  });

  it("counts by address without it", async () => {
    expect(await keyFor({})).toBe("ip:192.0.2.1");
    expect(await keyFor({ "x-api-key": "" })).toBe("ip:192.0.2.1");
  });
});

describe("by a key of one's own", () => {
  it("counts by what code says, now or later, and not at all where it says nothing", async () => {
    const answers = ["acme", Promise.resolve(42), undefined, null, ""];
    const { plugin, keys } = recording("tenant", { keys: { tenant: () => answers.shift() } });
    const func = new Func({ plugins: [plugin], handler: () => 1 });
    for (let index = 0; index < 5; index += 1) await func.invoke({});
    expect(keys).toEqual(["tenant:acme", "tenant:42", "tenant:"]);
  });

  it("may stand in place of a built-in one", async () => {
    const { plugin, keys } = recording("user", { keys: { user: ({ event }) => event.path } });
    await new Func({ plugins: [plugin], handler: () => 1 }).invoke({ event: { path: "/orders" } });
    expect(keys).toEqual(["user:/orders"]);
  });
});

describe("what makes limiters", () => {
  it("is told what each limit is, once a mount", async () => {
    const seen: LimiterOptions[] = [];
    const limiter = { consume: async () => ({ remainingPoints: 0, msBeforeNext: 0 }) };
    const plugin = new RateLimitPlugin({
      name: "limits",
      config: {
        limits: {
          a: { points: 1, durationSeconds: 2, blockDurationSeconds: 3 },
          b: { points: 4, durationSeconds: 5 },
        },
      },
      createLimiter: (options) => (seen.push(options), Promise.resolve(limiter)),
    });
    const func = new Func({ plugins: [plugin], handler: () => 1 });
    await Promise.all([func.mount(), func.mount()]);
    expect(seen).toEqual([
      { keyPrefix: "limits:a", points: 1, duration: 2, blockDuration: 3 },
      { keyPrefix: "limits:b", points: 4, duration: 5, blockDuration: 0 },
    ]);
  });
});
