import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { FuncConfig } from "../types.ts";
import type { Environment } from "./node-value.ts";
import { createProject } from "./test-support/temp-project.ts";
import type { ResolvedConfig } from "./resolved-config.ts";

const SECRET = "planted-secret";

async function resolve(yaml: string, env: Environment = {}, code?: FuncConfig): Promise<ResolvedConfig> {
  const project = await createProject({ "faas.yaml": yaml });
  project.configure({ env });
  return project.resolve(undefined, code);
}

/** An object and all maps and lists in it. What code made itself is code's own affair. */
function partsOf(value: unknown): object[] {
  if (typeof value !== "object" || value === null || value instanceof Map) return [];
  return [value, ...Object.values(value).flatMap(partsOf)];
}

/** All ways in which an object becomes text without anybody asking for its values. */
const texts = (value: object) => [
  inspect(value, { depth: Infinity }),
  inspect(value, { depth: Infinity, showHidden: true, getters: true }),
  inspect([{ value }], { depth: Infinity }),
  JSON.stringify(value),
  JSON.stringify([{ value }]),
  String(value),
  `${value as unknown as string}`,
  value.toLocaleString(),
];

describe("redaction", () => {
  it("B-71: no part of a configuration shows a value when it is printed, serialised or made into text", async () => {
    const config = await resolve(
      `defaults:
  plugins:
    auth:
      type: ./auth.ts
      config: { secret: ${SECRET}, list: [${SECRET}, { deep: [${SECRET}] }], map: { url: "a://\${PASS}@b" } }
    empty:
`,
      { PASS: SECRET },
      { plugins: { auth: { config: { code: SECRET, pool: new Map([[SECRET, SECRET]]) } } } },
    );
    const parts = [config, ...partsOf(config.plugins), { ...config }, { ...config.plugins }];
    expect(parts.length).toBeGreaterThan(9);
    for (const part of parts) for (const text of texts(part)) expect(text).not.toContain(SECRET);
    expect(JSON.parse(JSON.stringify(config))).toEqual({
      plugins: {
        auth: {
          type: "./auth.ts",
          config: {
            secret: "[redacted]",
            list: ["[redacted]", { deep: ["[redacted]"] }],
            map: { url: "[redacted]" },
            code: "[redacted]",
            pool: "[redacted]",
          },
        },
        empty: {},
      },
    });
  });

  it("B-71: who reads a key gets its value, and sees a plain object", async () => {
    const { plugins } = await resolve(
      `defaults: { plugins: { a: { config: { s: ${SECRET}, list: [1, { b: 2 }] } } } }`,
    );
    const config = plugins["a"]?.config;
    expect(config).toEqual({ s: SECRET, list: [1, { b: 2 }] });
    expect(Object.keys(config ?? {})).toEqual(["s", "list"]);
    expect({ ...config }).toStrictEqual({ s: SECRET, list: config?.["list"] });
    expect(structuredClone(config)).toStrictEqual({ s: SECRET, list: [1, { b: 2 }] });
    expect(config?.["list"].map((item: unknown) => typeof item)).toEqual(["number", "object"]);
    const keys = [];
    for (const key in config) keys.push(key);
    expect(keys).toEqual(["s", "list"]);
  });

  it("what is resolved cannot be changed", async () => {
    const { plugins } = await resolve("defaults: { plugins: { a: { config: { list: [1], map: {} } } } }");
    for (const part of partsOf(plugins)) expect(Object.isFrozen(part)).toBe(true);
  });

  it("key paths that are declared public are shown, and all that is under them, and nothing else", async () => {
    const config = await resolve(
      `defaults:
  plugins:
    a:
      public: [provider, cookie.secure, map]
      config:
        provider: jwt
        secret: ${SECRET}
        cookie: { secure: false, name: ${SECRET}, "secure.x": ${SECRET} }
        map: { x: 1, y: [2, { z: 3 }] }
        mapped: ${SECRET}
    b: { config: { provider: ${SECRET} } }
`,
    );
    expect(JSON.parse(JSON.stringify(config)).plugins.a.config).toEqual({
      provider: "jwt",
      secret: "[redacted]",
      cookie: { secure: false, name: "[redacted]", "secure.x": "[redacted]" },
      map: { x: 1, y: [2, { z: 3 }] },
      mapped: "[redacted]",
    });
    expect(JSON.stringify(config)).not.toContain(SECRET);
  });

  it("what says how plugins are wired is shown, unless a variable says it", async () => {
    const config = await resolve(
      "defaults: { plugins: { a: { type: './${DIR}/a.ts', enabled: true }, b: { type: ./b.ts } } }",
      { DIR: SECRET },
    );
    expect(config.plugins["a"]?.type).toBe(`./${SECRET}/a.ts`);
    expect(JSON.parse(JSON.stringify(config.plugins))).toEqual({
      a: { type: "[redacted]", enabled: true },
      b: { type: "./b.ts" },
    });
  });

  it("settings that are called like an object's own methods show nothing either", async () => {
    const config = await resolve(
      `defaults: { plugins: { a: { config: { toString: ${SECRET}, valueOf: ${SECRET}, inspect: ${SECRET} } } } }`,
    );
    const settings = config.plugins["a"]?.config;
    expect(settings?.["toString"]).toBe(SECRET);
    expect(inspect(settings)).not.toContain(SECRET);
    expect(JSON.stringify(settings)).not.toContain(SECRET);
  });
});

describe("secrets", () => {
  it("lists what variables gave: whole values and their parts, none too short, none that is public", async () => {
    const config = await resolve(
      `defaults:
  plugins:
    a:
      public: [host]
      config: { url: "pg://u:\${PASS}@\${HOST}/db", host: "\${HOST}", pin: "\${PIN}", mode: "\${MODE:-strict}" }
    b: { type: "./\${DIR}/b.ts" }
    off: { enabled: false, config: { x: "\${OFF}" } }
`,
      { PASS: "pass-word", HOST: "localhost", PIN: "123", DIR: "folder", OFF: "off-secret" },
    );
    expect(config.secrets().toSorted()).toEqual([
      "./folder/b.ts",
      "folder",
      "localhost",
      "pass-word",
      "pg://u:pass-word@localhost/db",
    ]);
  });

  it("lists a text as it stands in JSON as well, so that a line of JSON can be scrubbed of it", async () => {
    const key = '-----BEGIN KEY-----\n"x"\n-----END KEY-----\n';
    const config = await resolve("defaults: { plugins: { a: { config: { key: '${KEY}' } } } }", { KEY: key });
    const line = JSON.stringify({ key });
    expect(config.secrets().some((secret) => line.includes(secret))).toBe(true);
    expect(config.secrets()).toContain(key);
  });
});
