import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createProject, serverError } from "../config/test-support/temp-project.ts";
import type { Plugin, PluginClass, PluginOptions } from "../types.ts";
import { BuiltInPlugin, prepare, type PrepareOptions } from "./test-support/plugin-project.ts";

/** Built-in plugins of these schemas. */
function builtIn(
  schemas: Readonly<Record<string, PluginClass["configSchema"]>>,
): Record<string, PluginClass> {
  const toClass = ([name, schema]: [string, PluginClass["configSchema"]]) => [
    name,
    class extends BuiltInPlugin {
      static readonly configSchema = schema;
    },
  ];
  return Object.fromEntries(Object.entries(schemas).map(toClass));
}

const yaml = (entries: string) => `defaults:\n  plugins:\n${entries.replaceAll(/^/gm, "    ")}\n`;

async function prepareWith(file: string, schema: PluginClass["configSchema"], options: PrepareOptions = {}) {
  const project = await createProject({ "faas.yaml": file });
  return prepare(project, { builtIn: builtIn({ p: schema }), ...options });
}

describe("a class's configSchema", () => {
  it("gives the plugin what it makes of the configuration: defaults and conversions", async () => {
    const schema = z.object({
      port: z.coerce.number().default(80),
      host: z.string().default("localhost"),
      since: z.iso.date().transform((text) => new Date(text)),
    });
    const project = await createProject({
      "faas.yaml": yaml("p: { config: { port: '${PORT}', since: '2026-01-01' } }"),
    });
    project.configure({ env: { PORT: "8080" } });
    const config = await project.resolve();
    const [plugin] = await prepare(project, { builtIn: builtIn({ p: schema }) });
    const expected = { port: 8080, host: "localhost", since: new Date("2026-01-01") };
    expect(plugin?.config).toEqual(expected);
    expect(config.plugins["p"]?.config).toEqual({ port: "8080", since: "2026-01-01" });
  });

  it("is asked where nothing is configured, and may be asynchronous", async () => {
    const schema = z.object({ a: z.number().default(1) }).refine(async () => true);
    expect((await prepareWith(yaml("p:"), schema))[0]?.config).toEqual({ a: 1 });
  });

  it("B-65: every fault of every plugin is told at once, at its key or the deepest one that stands somewhere", async () => {
    const strict = z.strictObject({
      secret: z.string(),
      cookie: z.strictObject({ secure: z.boolean(), name: z.string() }).optional(),
      list: z.array(z.object({ x: z.number() })).optional(),
    });
    const project = await createProject({
      "faas.yaml": yaml(`a:
  config:
    secrt: x
    cookie: { secure: 1 }
    list: [{ x: 1 }, { x: two }]
b:
c: { config: { deep: {} } }`),
      "x/faas.yaml": yaml("c:\n  config:\n    other: 1"),
    });
    const late = z.object({ deep: z.object({ x: z.number() }), other: z.string() }).refine(async () => false);
    const preparing = prepare(project, {
      file: "x/x.api.ts",
      builtIn: builtIn({ a: strict, b: strict, c: late }),
    });
    const error = await serverError(preparing);
    expect(error.plugins).toEqual(["a", "b", "c"]);
    expect((await project.faults(preparing)).toSorted()).toEqual(
      [
        "faas.yaml:9:20 defaults.plugins.c.config.deep.x",
        "faas.yaml:4:7 defaults.plugins.a.config.secret",
        "faas.yaml:5:9 defaults.plugins.a.config.secrt",
        "faas.yaml:6:19 defaults.plugins.a.config.cookie.secure",
        "faas.yaml:6:9 defaults.plugins.a.config.cookie.name",
        "faas.yaml:7:28 defaults.plugins.a.config.list.1.x",
        "faas.yaml:8:5 defaults.plugins.b.config.secret",
        "x/faas.yaml:5:9 defaults.plugins.c.config.other",
      ].toSorted(),
    );
  });

  it("B-65: a misspelt key is told what it may mean, whether the schema refuses or drops it", async () => {
    for (const schema of [z.strictObject, z.object])
      for (const [config, meant] of [
        ["{ provder: jwt }", "provider"],
        ["{ cookie: { nmae: x } }", "name"],
      ]) {
        const inner = schema({ name: z.string().optional() });
        const failing = prepareWith(
          yaml(`p: { config: ${config} }`),
          schema({ provider: z.string().optional(), cookie: inner.optional() }),
        );
        const error = await serverError(failing);
        expect(error.code).toBe("INVALID_CONFIG");
        expect(error.faults).toHaveLength(1);
        expect(error.message).toContain(`Did you mean "${meant}"?`);
      }
  });

  it("keys that a schema keeps, and unlike ones that it drops, are its own affair", async () => {
    const loose = z.looseObject({ provider: z.string().optional() });
    expect((await prepareWith(yaml("p: { config: { provder: 1 } }"), loose))[0]?.config).toEqual({
      provder: 1,
    });
    const plain = z.object({ provider: z.string().optional() });
    expect((await prepareWith(yaml("p: { config: { comment: 1 } }"), plain))[0]?.config).toEqual({});
    // Both names are there, so neither stands for the other.
    const both = "p: { config: { provider: a, provder: b } }";
    expect((await prepareWith(yaml(both), plain))[0]?.config).toEqual({ provider: "a" });
  });

  it("another library's unknown keys are told by their own paths", async () => {
    const schema: PluginClass["configSchema"] = {
      "~standard": {
        version: 1,
        vendor: "test",
        validate: () => ({ issues: [{ message: "no such key", path: [{ key: "a" }, 0, "b"] }] }),
      },
    };
    const project = await createProject({ "faas.yaml": yaml("p: { config: { a: [{ b: 1 }] } }") });
    const preparing = prepare(project, { builtIn: builtIn({ p: schema }) });
    expect(await project.faults(preparing)).toEqual(["faas.yaml:3:26 defaults.plugins.p.config.a.0.b"]);
  });

  it("a schema that throws is the plugin's mistake", async () => {
    const schema = z.object({}).refine(() => {
      throw new Error("broken");
    });
    const error = await serverError(prepareWith(yaml("p:"), schema));
    expect([error.code, error.plugins, error.cause]).toEqual(["INVALID_PLUGIN", ["p"], new Error("broken")]);
  });

  it("faults of code's configuration have keys and no place", async () => {
    const project = await createProject();
    const options = {
      builtIn: builtIn({ p: z.object({ a: z.number() }) }),
      code: { plugins: { p: { config: { a: "x" } } } },
    };
    expect(await project.faults(prepare(project, options))).toEqual(["code plugins.p.config.a"]);
  });
});

describe("a schema of a plugin that code registered", () => {
  class Registered extends BuiltInPlugin {
    static readonly configSchema = z.strictObject({
      secret: z.string(),
      ttl: z.coerce.number().default(60),
      list: z.array(z.string()).optional(),
    });
    override config: unknown;
    constructor(config?: object) {
      super({ name: "p", type: "test" });
      this.config = config;
    }
  }
  class Applying extends Registered {
    applied: unknown;
    applyConfig({ config }: PluginOptions) {
      this.applied = config;
    }
  }
  const registered = (plugin: Plugin, file: string) => prepareWith(file, undefined, { plugins: [plugin] });

  it("counts what the instance has already, with configuration over it", async () => {
    for (const Class of [Registered, Applying]) {
      const plugin = new Class({ secret: "own", list: ["a"] });
      await registered(plugin, yaml("p: { config: { ttl: '5', list: [b] } }"));
      const got = plugin instanceof Applying ? plugin.applied : plugin.config;
      expect(got).toEqual({ secret: "own", ttl: 5, list: ["b"] });
    }
  });

  it("tells faults at the entry's keys", async () => {
    for (const Class of [Registered, Applying]) {
      const project = await createProject({ "faas.yaml": yaml("p: { config: { ttl: x, lsit: [] } }") });
      const faults = await project.faults(prepare(project, { plugins: [new Class()] }));
      expect(faults.toSorted()).toEqual([
        "faas.yaml:3:10 defaults.plugins.p.config.secret",
        "faas.yaml:3:20 defaults.plugins.p.config.ttl",
        "faas.yaml:3:28 defaults.plugins.p.config.lsit",
      ]);
    }
  });

  it("is not asked of an instance that configuration says nothing of", async () => {
    const plugin = new Registered({ secret: 1 });
    await registered(plugin, "");
    expect(plugin.config).toEqual({ secret: 1 });
  });

  it("nothing is configured where anything is not valid", async () => {
    const good = new Applying({ secret: "x" });
    const bad = Object.assign(new Registered(), { name: "q" });
    const file = yaml("p: { config: { ttl: 1 } }\nq: { config: { ttl: 1 } }");
    const project = await createProject({ "faas.yaml": file });
    await serverError(prepare(project, { plugins: [good, bad] }));
    expect([good.applied, bad.config]).toEqual([undefined, undefined]);
  });
});
