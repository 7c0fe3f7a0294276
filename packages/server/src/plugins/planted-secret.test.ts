import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createProject, serverError } from "../config/test-support/temp-project.ts";
import type { PluginOptions } from "../types.ts";
import { preparePlugins } from "./prepare-plugins.ts";
import { BuiltInPlugin, type KeepingPlugin, pluginModule, prepare } from "./test-support/plugin-project.ts";

const SECRET = "hunter2hunter2";
const env = { SECRET };
const yaml = (body: string) => `defaults:\n  plugins:\n    p: { ${body} }\n`;
const shown = (value: unknown) => inspect(value, { depth: Infinity, showHidden: true });

/** Fails with whatever it is given, as careless code does. */
class Careless extends BuiltInPlugin {
  static readonly configSchema = z
    .custom<{ fail?: string; secret?: string }>()
    .superRefine((config, context) => {
      if (config.fail === "schema") throw new Error(`bad ${config.secret}`);
      if (config.fail === "issue")
        context.addIssue({ code: "custom", path: ["secret"], message: `bad ${config.secret}` });
      if (config.fail === "root issue") context.addIssue({ code: "custom", message: `bad ${config.secret}` });
    });

  constructor(options: PluginOptions) {
    super(options);
    const { fail, secret } = options.config ?? {};
    if (fail === "constructor") throw Object.assign(new Error(`bad ${secret}`), { secret });
    if (fail === "text") throw `bad ${secret}`;
    if (fail === "cause") throw new Error("bad", { cause: new Error("worse", { cause: { secret } }) });
  }
}

describe("B-71: a planted secret", () => {
  it.each(["schema", "issue", "root issue", "constructor", "text", "cause"])(
    "is in no error, its cause, stack or faults: %s",
    async (fail) => {
      for (const value of ["${SECRET}", `a://u:${"${SECRET}"}@b`, SECRET]) {
        const project = await createProject({
          "faas.yaml": yaml(`config: { fail: ${fail}, secret: "${value}" }`),
        });
        project.configure({ env });
        const error = await serverError(prepare(project, { builtIn: { p: Careless } }));
        for (const text of [
          shown(error),
          String(error),
          error.stack,
          JSON.stringify(error),
          JSON.stringify(error.faults),
        ])
          expect(text).not.toContain(SECRET);
      }
    },
  );

  it("what was thrown is the cause itself where it tells no secret", async () => {
    const thrown = new TypeError("bad");
    class Throwing extends BuiltInPlugin {
      constructor(options: PluginOptions) {
        super(options);
        throw thrown;
      }
    }
    const project = await createProject({ "faas.yaml": yaml(`config: { secret: "${SECRET}" }`) });
    expect((await serverError(prepare(project, { builtIn: { p: Throwing } }))).cause).toBe(thrown);
  });

  it("is in no error about a type that a variable says, or about applyConfig", async () => {
    for (const type of ["./${SECRET}.ts", "npm:${SECRET}", "${SECRET}", "${SECRET}://x", "@${SECRET}/x"]) {
      const project = await createProject({ "faas.yaml": yaml(`type: "${type}"`) });
      project.configure({ env });
      expect(shown(await serverError(prepare(project)))).not.toContain(SECRET);
    }
    const plugin = Object.assign(new BuiltInPlugin({ name: "p", type: "test" }), {
      applyConfig({ config }: PluginOptions) {
        throw new Error(`bad ${config?.["secret"]}`);
      },
    });
    const project = await createProject({ "faas.yaml": yaml('config: { secret: "${SECRET}" }') });
    project.configure({ env });
    expect(shown(await serverError(prepare(project, { plugins: [plugin] })))).not.toContain(SECRET);
  });

  it("is not in what is printed or serialised of a plugin that keeps what it is given, or spreads it", async () => {
    const body = "spread = {}; constructor2() {}";
    const project = await createProject({
      "faas.yaml": `defaults:
  plugins:
    kept: { type: ./kept.ts, config: { secret: "\${SECRET}", list: ["\${SECRET}"], deep: { secret: "${SECRET}" } } }
    spread: { type: ./spread.ts, config: { secret: "\${SECRET}", list: ["\${SECRET}"], deep: { secret: "${SECRET}" } } }
    merged: { config: { secret: "\${SECRET}" } }
    applied: { config: { secret: "\${SECRET}" } }
`,
      "kept.ts": pluginModule("export default class", body),
      "spread.ts": pluginModule()
        .replace("this.options = options;", "")
        .replace("= options.config", "= { ...options.config }"),
    });
    project.configure({ env });
    const merged = Object.assign(new BuiltInPlugin({ name: "merged", type: "t" }), {
      config: { own: SECRET },
    });
    const applied: KeepingPlugin = {
      ...{ name: "applied", type: "t", onInvoke() {} },
      applyConfig({ config }) {
        applied.config = { ...config };
      },
    };
    const plugins = await prepare(project, { plugins: [merged, applied] });
    expect(plugins.map(({ config }) => Object.values(config ?? {}).includes(SECRET))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    for (const plugin of plugins) expect(shown(plugin)).not.toContain(SECRET);
    expect(JSON.stringify([plugins[0], merged])).not.toContain(SECRET);
  });

  it("is not in what a schema made, as that is printed of the configuration, or explained", async () => {
    class Transforming extends BuiltInPlugin {
      static readonly publicConfig = ["mode"];
      static readonly configSchema = z.object({
        secret: z.string().transform((secret) => ({ bearer: `Bearer ${secret}` })),
        mode: z.string().default("strict"),
        key: z.string().default(SECRET),
      });
    }
    const project = await createProject({ "faas.yaml": yaml('config: { secret: "${SECRET}" }') });
    project.configure({ env });
    const config = await project.resolve();
    const [plugin] = await preparePlugins({
      config,
      plugins: [],
      builtIn: { p: Transforming },
      root: project.root,
    });
    const expected = { secret: { bearer: `Bearer ${SECRET}` }, mode: "strict", key: SECRET };
    expect(plugin).toHaveProperty("config", expected);
    expect(config.plugins["p"]?.config).toEqual(expected);
    for (const text of [shown(config), JSON.stringify(config), shown(plugin), shown(config.explain())])
      expect(text).not.toContain(SECRET);
    expect(
      config
        .explain()
        .map(({ keyPath, value, source, variables }) => [keyPath.at(-1), value, source, variables]),
    ).toEqual([
      ["secret", "[redacted]", "file", ["SECRET"]],
      ["mode", "strict", "default", []],
      ["key", "[redacted]", "default", []],
    ]);
  });

  it("of a plugin is shown where its class declares it public, for that function alone", async () => {
    class Open extends BuiltInPlugin {
      static readonly publicConfig = ["url"];
    }
    const project = await createProject({ "faas.yaml": yaml('config: { url: "${URL}" }') });
    project.configure({ env: { URL: "https://example.com" } });
    const [open, closed] = [await project.resolve(), await project.resolve()];
    for (const [config, Class] of [
      [open, Open],
      [closed, BuiltInPlugin],
    ] as const)
      await preparePlugins({ config, plugins: [], builtIn: { p: Class }, root: project.root });
    expect([shown(open).includes("example.com"), open.secrets()]).toEqual([true, []]);
    expect([shown(closed).includes("example.com"), closed.secrets()]).toEqual([
      false,
      ["https://example.com"],
    ]);
  });

  it("a plugin without any configuration is explained by its type alone", async () => {
    const project = await createProject({ "faas.yaml": yaml("type: built-in") });
    const config = await project.resolve();
    const builtIn = { "built-in": BuiltInPlugin };
    await preparePlugins({ config, plugins: [], builtIn, root: project.root });
    expect(config.explain().map(({ keyPath }) => keyPath.at(-1))).toEqual(["type"]);
  });

  it("what code's own instance brings along is explained as code's", async () => {
    const plugin = Object.assign(new BuiltInPlugin({ name: "p", type: "t" }), { config: { own: 1, a: 1 } });
    const project = await createProject({ "faas.yaml": yaml("config: { a: 2 }") });
    const config = await project.resolve();
    await preparePlugins({ config, plugins: [plugin], builtIn: {}, root: project.root });
    expect(config.explain().map(({ keyPath, source }) => [keyPath.at(-1), source])).toEqual([
      ["a", "file"],
      ["own", "code"],
    ]);
  });
});
