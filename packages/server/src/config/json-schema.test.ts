import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { PluginClass } from "../types.ts";
import { toConfigJsonSchema } from "./json-schema.ts";

/** A class whose config has this schema. */
const withSchema = (configSchema?: PluginClass["configSchema"]): PluginClass =>
  class {
    static readonly configSchema = configSchema;
    readonly type = "test";
    readonly name = "test";
    onInvoke() {}
  };

/** Checks files as an editor would, by another reader of JSON Schema. */
function checker(classes: Readonly<Record<string, PluginClass>>): (file: unknown) => boolean {
  const schema = z.fromJSONSchema(toConfigJsonSchema(classes) as Parameters<typeof z.fromJSONSchema>[0]);
  return (file) => schema.safeParse(file).success;
}
const entry = (name: string, value: unknown) => ({ defaults: { plugins: { [name]: value } } });

const auth = withSchema(
  z.strictObject({
    provider: z.enum(["jwt", "oauth"]).default("jwt").describe("How users prove who they are."),
    secret: z.string().min(32),
    port: z.number().int(),
    cookie: z.strictObject({ secure: z.boolean(), name: z.string() }),
    rules: z.array(z.strictObject({ path: z.string(), role: z.string() })),
    store: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("memory"), size: z.number() }),
      z.strictObject({ kind: z.literal("redis"), url: z.string(), size: z.number() }),
    ]),
    either: z.union([z.strictObject({ kind: z.literal("a"), a: z.number() }), z.string().max(3)]),
  }),
);

describe("toConfigJsonSchema", () => {
  const valid = checker({ auth });

  it.each([
    ["an empty file", null],
    [
      "sections without plugins",
      { $schema: "./x.json", defaults: null, production: {}, mine: { plugins: null } },
    ],
    ["any plugin with any config", entry("other", { type: "./other.ts", config: { x: [1] }, public: ["x"] })],
    ["an entry that says nothing", entry("auth", null)],
    ["a part of a config, as of one layer", entry("auth", { config: { cookie: { secure: true } } })],
    ["a variable for a text of a certain length", entry("auth", { config: { secret: "${SECRET}" } })],
    ["a variable for a number", entry("auth", { config: { port: "${PORT:-80}" } })],
    ["a variable for one of several texts", entry("auth", { config: { provider: "${P}" } })],
    ["a variable for a switch", entry("auth", { enabled: "${ON:-true}" })],
    ["an alternative in part", entry("auth", { config: { either: { a: 1 } } })],
    ["a variable for an alternative", entry("auth", { config: { either: "${EITHER}" } })],
    [
      "a variable for what tells alternatives apart",
      entry("auth", { config: { store: { kind: "${KIND}" } } }),
    ],
    ["what several alternatives have", entry("auth", { config: { store: { size: 1 } } })],
    ["whole items", entry("auth", { config: { rules: [{ path: "${P}", role: "x" }] } })],
  ])("%s is valid", (_, file) => {
    expect(valid(file)).toBe(true);
  });

  it.each([
    ["a list", []],
    ["a section that is text", { defaults: "x" }],
    ["an unknown key of a section", { mine: { plugin: {} } }],
    ["an unknown key of an entry", entry("other", { typ: "x" })],
    ["a config that is a list", entry("other", { config: [] })],
    ["an unknown key of a config", entry("auth", { config: { secrt: "x" } })],
    ["an unknown key deep in a config", entry("auth", { config: { cookie: { secur: true } } })],
    ["a text that is too short", entry("auth", { config: { secret: "x" } })],
    ["a wrong type", entry("auth", { config: { port: "x" } })],
    ["none of several texts", entry("auth", { config: { provider: "x" } })],
    ["an item in part, which replaces whole lists", entry("auth", { config: { rules: [{ path: "x" }] } })],
    ["what no alternative has", entry("auth", { config: { store: { kind: "memory", url: "x" } } })],
    ["an enabled that is text", entry("other", { enabled: "no" })],
  ])("%s is not valid", (_, file) => {
    expect(valid(file)).toBe(false);
  });

  it("references inside a plugin's schema lead to where it is put, whatever the plugin's name", () => {
    const node: z.ZodType = z
      .strictObject({
        name: z.string(),
        get children() {
          return z.array(node);
        },
      })
      .meta({ id: "node" });
    const nested = checker({ "a/b~c d": withSchema(z.strictObject({ tree: node })) });
    const config = (name: unknown) =>
      entry("a/b~c d", { config: { tree: { name: "a", children: [{ name, children: [] }] } } });
    expect(nested(config("b"))).toBe(true);
    expect(nested(config(1))).toBe(false);
  });

  it("descriptions and defaults stand where editors look for them", () => {
    expect(toConfigJsonSchema({ auth })).toMatchObject({
      $defs: {
        "config-auth": {
          properties: { provider: { description: "How users prove who they are.", default: "jwt" } },
        },
      },
    });
  });

  it("a plugin without a schema, with one that cannot describe itself or be described takes any map", () => {
    const mute = {
      "~standard": { version: 1, vendor: "x", validate: (value: unknown) => ({ value }) },
    } as const;
    const classes = {
      a: withSchema(),
      b: withSchema(mute),
      c: withSchema(z.object({ x: z.custom<Date>() })),
    };
    const check = checker(classes);
    for (const name of Object.keys(classes)) {
      expect(check(entry(name, { config: { x: 1 } }))).toBe(true);
      expect(check(entry(name, { config: 1 }))).toBe(false);
    }
  });
});
