import { defineApi, isServerError, type PluginConfigValues } from "@x/server";
import { createTestProject, testApi } from "@x/server/testing";
import { describe, expect, it } from "vitest";
import { type RateLimitOptions, RateLimitPlugin } from "./index.ts";

/** What is wrong with a configuration that code gives, by key path. */
async function faultsOf(config: PluginConfigValues, options: RateLimitOptions = {}): Promise<string[]> {
  const plugin = new RateLimitPlugin({ ...options, config });
  const error: unknown = await defineApi({ plugins: [plugin], handler: () => 1 })
    .mount()
    .catch((thrown: unknown) => thrown);
  if (!isServerError(error)) throw new Error("it was mounted");
  expect([error.code, error.plugins]).toEqual(["INVALID_CONFIG", ["rate-limit"]]);
  return error.faults.map(({ keyPath = [], message }) => `${keyPath.slice(3).join(".")} ${message}`);
}

const limit = { points: 1, durationSeconds: 1 };

describe("a configuration with faults", () => {
  it.each<[string, PluginConfigValues, string]>([
    ["no limit", {}, "limits holds no limit"],
    ["no limit at all", { limits: {} }, "limits holds no limit"],
    ["a limit without a window", { limits: { a: { points: 1 } } }, "limits.a.durationSeconds is needed"],
    ["a limit without points", { limits: { a: { durationSeconds: 1 } } }, "limits.a.points is needed"],
    [
      "no points",
      { limits: { a: { ...limit, points: 0 } } },
      "limits.a.points must be a whole number from 1 to",
    ],
    [
      "half a second",
      { limits: { a: { ...limit, durationSeconds: 0.5 } } },
      "limits.a.durationSeconds must be a whole",
    ],
    [
      "a number as text",
      { limits: { a: { ...limit, points: "5" } } },
      "limits.a.points must be a whole number",
    ],
    ["an unknown key", { limits: { a: { ...limit, duration: 5 } } }, "limits.a.duration is unknown"],
    [
      "an unknown way to count",
      { limits: { a: { ...limit, by: "adress" } } },
      "limits.a.by must be ip or user or",
    ],
    [
      "a header that is none",
      { limits: { a: { ...limit, by: "header:" } } },
      "limits.a.by must be ip or user or",
    ],
    ["a name that breaks headers", { limits: { 'a";b': limit } }, 'limits.a";b must be named'],
    ["a list", { limits: [limit] }, "limits must be a map"],
    [
      "a window that no timer can hold",
      { limits: { a: { ...limit, durationSeconds: 2_147_484 } } },
      "limits.a.durationSeconds can be 2147483",
    ],
    [
      "another answer to trouble",
      { limits: { a: limit }, onStoreError: "ignore" },
      "onStoreError must be one of allow, refuse",
    ],
    [
      "proxies without number",
      { limits: { a: limit }, trustedProxies: true },
      "trustedProxies must be a whole number",
    ],
    [
      "a header with a space",
      { limits: { a: limit }, addressHeader: "x y" },
      "addressHeader is no name of a header",
    ],
  ])("is refused at mount: %s", async (_, config, expected) => {
    expect(await faultsOf(config)).toEqual([expect.stringContaining(expected)]);
  });

  it("may have longer windows in a store, and keys that code names", async () => {
    const plugin = new RateLimitPlugin({
      config: { limits: { a: { points: 1, durationSeconds: 31_536_000, by: "tenant" } } },
      keys: { tenant: () => "acme" },
      createLimiter: () => ({ consume: async () => ({ remainingPoints: 1, msBeforeNext: 1 }) }),
    });
    await expect(testApi(defineApi({ plugins: [plugin], handler: () => 1 }))()).resolves.toMatchObject({
      statusCode: 200,
    });
    expect(
      await faultsOf({ limits: { a: { ...limit, by: "tennant" } } }, { keys: { tenant: () => "acme" } }),
    ).toEqual(["limits.a.by must be ip or user or header:<name> or tenant"]);
  });
});

describe("an editor", () => {
  it("is given a JSON Schema of it", () => {
    // Standard Schema alone does not promise one.
    const standard = RateLimitPlugin.configSchema["~standard"] as unknown as StandardJSONSchema;
    expect(standard.vendor).toBe("x");
    expect(standard.jsonSchema.input({ target: "draft-2020-12" })).toMatchObject({
      type: "object",
      additionalProperties: false,
      properties: { limits: { type: "object" }, onStoreError: { enum: ["allow", "refuse"] } },
    });
  });
});

interface StandardJSONSchema {
  readonly vendor: string;
  readonly jsonSchema: { input(options: { target: string }): unknown };
}

describe("faas.yaml", () => {
  const type = new URL("./index.ts", import.meta.url).href;
  const files = {
    "faas.yaml": `
defaults:
  plugins:
    rate-limit:
      type: ${type}
      config:
        limits:
          burst: { points: 2, durationSeconds: 60 }
          daily: { points: 1000, durationSeconds: 86400 }
`,
    "login/faas.yaml": `
defaults:
  plugins:
    rate-limit:
      config:
        onStoreError: refuse
        limits: { burst: { points: 1 }, daily: { enabled: false } }
`,
  };
  const create = (root: string, file: string) =>
    testApi(defineApi({ handler: () => 1 }), { root, file: `${root}/${file}` });

  it("configures limits by name, deeper files over those above", async () => {
    await using project = await createTestProject(files);
    const outer = await create(project.root, "ping.api.ts")();
    expect(outer.headers["ratelimit-policy"]).toBe('"burst";q=2;w=60, "daily";q=1000;w=86400');
    expect(outer.headers["ratelimit"]).toBe('"burst";r=1;t=60, "daily";r=999;t=86400');
    const inner = await create(project.root, "login/login.api.ts")();
    expect(inner.headers["ratelimit-policy"]).toBe('"burst";q=1;w=60');
  });

  it("lies over what code gives, limit by limit", async () => {
    await using project = await createTestProject({
      "faas.yaml":
        "defaults: { plugins: { rate-limit: { config: { limits: { a: { points: 9 }, b: } } } } }\n",
    });
    const plugin = new RateLimitPlugin({
      config: { limits: { a: { points: 1, durationSeconds: 2 }, b: { points: 3, durationSeconds: 4 } } },
    });
    const api = defineApi({ plugins: [plugin], handler: () => 1 });
    const { headers } = await testApi(api, { root: project.root, file: project.path("a.api.ts") })();
    expect(headers["ratelimit-policy"]).toBe('"a";q=9;w=2, "b";q=3;w=4');
    await api.close();
  });

  it("is told of faults with line and column", async () => {
    await using project = await createTestProject({
      "faas.yaml": `defaults:\n  plugins:\n    rate-limit:\n      type: ${type}\n      config:\n        limits: { a: { ponts: 1 } }\n`,
    });
    const error: unknown = await create(project.root, "a.api.ts")().catch((thrown: unknown) => thrown);
    if (!isServerError(error)) throw new Error("it was mounted");
    expect(error.faults).toMatchObject([{ line: 6, column: 24, keyPath: expect.arrayContaining(["ponts"]) }]);
  });
});
