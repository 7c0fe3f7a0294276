// What a user of @x/server-rate-limit writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import { createApp, defineApi, type PluginClass } from "@x/server";
import RateLimitByDefault, {
  type CreateLimiter,
  type GetKey,
  type LimitConfig,
  type Limiter,
  type LimiterOptions,
  type LimitState,
  type RateLimitConfig,
  type RateLimitErrorCode,
  type RateLimitOptions,
  RateLimitPlugin,
} from "@x/server-rate-limit";
import { createTestProject, silentLogger, testApi } from "@x/server/testing";

// In memory, by the address of a connection.
const burst: LimitConfig = { points: 2, durationSeconds: 3_600, blockDurationSeconds: 7_200 };
const config: RateLimitConfig = {
  limits: { burst, daily: { points: 100, durationSeconds: 86_400, by: "user" } },
};
const plugins = [new RateLimitPlugin({ config })];
const app = createApp({
  routes: { ping: defineApi({ method: "GET", plugins, handler: () => "pong" }) },
  logger: silentLogger,
});
const { url } = await app.listen({ port: 0, signals: false });
const ping = () => fetch(`${url}/ping`, { headers: { "x-forwarded-for": `198.51.100.${Date.now() % 250}` } });
const first = await ping();
assert.equal(first.headers.get("ratelimit-policy"), '"burst";q=2;w=3600, "daily";q=100;w=86400');
assert.match(first.headers.get("ratelimit") ?? "", /^"burst";r=1;t=3600, "daily";r=99;t=86\d{3}$/);
await ping();
const refused = await ping();
const code: RateLimitErrorCode = "RATE_LIMITED";
assert.deepEqual([refused.status, refused.headers.get("retry-after")], [429, "7200"]);
assert.equal(((await refused.json()) as { code: string }).code, code);
await app.close();

// In a store of one's own, by a key of one's own.
const taken = new Map<string, number>();
class SharedLimiter implements Limiter {
  readonly #options: LimiterOptions;

  constructor(options: LimiterOptions) {
    this.#options = options;
  }

  async consume(key: string): Promise<LimitState> {
    const name = `${this.#options.keyPrefix}/${key}`;
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    const state = { remainingPoints: this.#options.points - count, msBeforeNext: 500 };
    if (state.remainingPoints < 0) throw Object.assign(new LimitReached(), state);
    return state;
  }
}
class LimitReached {
  readonly reason = "reached";
}
const createLimiter: CreateLimiter = (options) => new SharedLimiter(options);
const tenant: GetKey = ({ event }) => event.headers["x-tenant"];
const options: RateLimitOptions = {
  name: "tenants",
  createLimiter,
  keys: { tenant },
  config: { limits: { each: { points: 1, durationSeconds: 1, by: "tenant" } } },
};
const call = testApi(defineApi({ plugins: [new RateLimitPlugin(options)], handler: () => "ok" }));
const asAcme = { headers: { "x-tenant": "acme" } };
assert.equal((await call({}, asAcme)).statusCode, 200);
assert.equal((await call({}, asAcme)).headers["retry-after"], "1");
assert.equal((await call()).statusCode, 200);
assert.deepEqual([...taken], [["tenants:each/tenant:acme", 2]]);

// By name in faas.yaml, which finds the package.
const byName: PluginClass = RateLimitByDefault;
assert.equal(byName, RateLimitPlugin);
await using project = await createTestProject(
  {
    "faas.yaml": `
defaults:
  plugins:
    rate-limit: { type: rate-limit, config: { limits: { all: { points: 1, durationSeconds: 9 } } } }
`,
  },
  { parent: import.meta.dirname },
);
const api = defineApi({ handler: () => 1 });
const limited = testApi(api, { root: project.root, file: project.path("a.api.ts") });
assert.deepEqual([(await limited()).statusCode, (await limited()).statusCode], [200, 429]);
await api.close();

// @ts-expect-error a limit has points
assert.ok(new RateLimitPlugin({ config: { limits: { all: { ponts: 1, durationSeconds: 9 } } } }));
// @ts-expect-error it is allow or refuse
assert.ok(new RateLimitPlugin({ config: { onStoreError: "ignore" } }));
