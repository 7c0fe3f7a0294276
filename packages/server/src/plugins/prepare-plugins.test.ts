import { describe, expect, it } from "vitest";
import { createProject, serverError } from "../config/test-support/temp-project.ts";
import type { Plugin, PluginOptions } from "../types.ts";
import { type KeepingPlugin, pluginModule, prepare, prepareIn } from "./test-support/plugin-project.ts";

/** A plugin as code makes it. */
class CodePlugin implements KeepingPlugin {
  readonly type = "test";
  readonly name: string;
  config?: unknown;

  constructor(name: string, config?: unknown) {
    this.name = name;
    if (config !== undefined) this.config = config;
  }

  onInvoke() {}
}

/** One that takes its configuration by itself. */
class ApplyingPlugin extends CodePlugin {
  readonly applied: PluginOptions[] = [];

  applyConfig(options: PluginOptions) {
    this.applied.push(options);
  }
}

function ring(): object {
  const object: Record<string, unknown> = {};
  object["self"] = object;
  return object;
}

const names = (plugins: readonly Plugin[]) => plugins.map(({ name }) => name);
const yaml = (entries: string) => `defaults:\n  plugins:\n${entries.replaceAll(/^/gm, "    ")}\n`;

describe("the list", () => {
  it("plugins of configuration come first, root to leaf in the order of their keys, then those of code", async () => {
    const project = await createProject({
      "faas.yaml": yaml("b: { type: ./p.ts }\n10: { type: ./p.ts }\na: { type: ./p.ts }\nthree: {}"),
      "x/faas.yaml": yaml("c: { type: ../p.ts }\na: { config: { x: 1 } }\n2: { type: ../p.ts }"),
      "p.ts": pluginModule(),
    });
    const plugins = await prepare(project, {
      file: "x/x.api.ts",
      plugins: [new CodePlugin("two"), new CodePlugin("three"), new CodePlugin("one")],
      code: { plugins: { d: { type: "./p.ts" } } },
    });
    expect(names(plugins)).toEqual(["b", "10", "a", "c", "2", "d", "two", "three", "one"]);
  });

  it("without any configuration it is code's own list, in an array of its own", async () => {
    const plugins = [new CodePlugin("a"), new CodePlugin("b")];
    const prepared = await prepareIn({}, { plugins });
    expect(prepared).toEqual(plugins);
    expect(prepared[0]).toBe(plugins[0]);
    expect(prepared).not.toBe(plugins);
  });

  it("a built-in plugin needs no type, nor a config, and may be had under another name", async () => {
    const [http, web] = await prepareIn({
      "faas.yaml": yaml("http:\nweb: { type: http, config: { a: 1 } }"),
    });
    expect(http).toMatchObject({ name: "http", type: "http", config: undefined });
    expect(web).toMatchObject({ name: "web", type: "http", config: { a: 1 } });
  });

  it("a plugin that only code's configuration names is made as well, from the root", async () => {
    const [plugin] = await prepareIn(
      { "p.ts": pluginModule(), "a/b/faas.yaml": "" },
      { file: "a/b/x.api.ts", code: { plugins: { p: { type: "file://./p.ts", config: { a: 1 } } } } },
    );
    expect(plugin).toMatchObject({ name: "p", type: "file://./p.ts", config: { a: 1 } });
  });

  it("B-67: enabled: false in a deeper file turns an inherited plugin off, and true on again", async () => {
    const project = await createProject({
      "faas.yaml": yaml("auth: { type: ./p.ts }\nlog: { type: ./p.ts }"),
      "a/faas.yaml": yaml("auth: { enabled: false }"),
      "a/b/faas.yaml": yaml("auth: { enabled: true }"),
      "p.ts": pluginModule(),
    });
    expect(names(await prepare(project))).toEqual(["auth", "log"]);
    expect(names(await prepare(project, { file: "a/x.api.ts" }))).toEqual(["log"]);
    expect(names(await prepare(project, { file: "a/b/x.api.ts" }))).toEqual(["auth", "log"]);
    const code = { plugins: { log: { enabled: false } } };
    expect(names(await prepare(project, { file: "a/x.api.ts", code }))).toEqual([]);
  });

  it("B-67: a plugin that is off is neither looked for nor checked, and a code instance is left out", async () => {
    const plugin = new ApplyingPlugin("mine");
    const prepared = await prepareIn(
      {
        "faas.yaml": yaml(
          "gone: { type: ./nowhere.ts, enabled: false }\nmine: { enabled: false, config: { a: 1 } }\noff: { enabled: false }",
        ),
      },
      { plugins: [plugin] },
    );
    expect(prepared).toEqual([]);
    expect(plugin.applied).toEqual([]);
  });

  it("B-65: every entry without a type that is neither built in nor in code is a fault with its place", async () => {
    const project = await createProject({
      "faas.yaml": yaml("auth: { config: {} }\nhtpp:\nmine:"),
      "a/faas.yaml": yaml("auth: { config: { a: 1 } }"),
    });
    const preparing = prepare(project, { file: "a/x.api.ts", plugins: [new CodePlugin("mine")] });
    const error = await serverError(preparing);
    expect(error.plugins).toEqual(["auth", "htpp"]);
    expect(error.message).toContain('Did you mean "http"?');
    expect(await project.faults(preparing)).toEqual([
      "a/faas.yaml:3:5 defaults.plugins.auth",
      "faas.yaml:4:5 defaults.plugins.htpp",
    ]);
  });

  it("two plugins of one name in code are an error", async () => {
    const error = await serverError(prepareIn({}, { plugins: [new CodePlugin("a"), new CodePlugin("a")] }));
    expect([error.code, error.plugins]).toEqual(["DUPLICATE_PLUGIN", ["a"]]);
  });

  it("B-70: each preparation makes its own instances of what configuration names", async () => {
    const project = await createProject({
      "faas.yaml": yaml("p: { type: ./p.ts, config: { list: [1] } }"),
      "p.ts": pluginModule(),
    });
    const [[a], [b]] = await Promise.all([prepare(project), prepare(project)]);
    expect(a).not.toBe(b);
    expect(a?.constructor).toBe(b?.constructor);
    (a!.config as { list: number[] }).list.push(2);
    expect(b?.config).toEqual({ list: [1] });
    expect((await prepare(project))[0]?.config).toEqual({ list: [1] });
  });
});

describe("plugins of code", () => {
  it("B-68: applyConfig gets name, type and the merged configuration, once, and no type is needed", async () => {
    const plugin = new ApplyingPlugin("auth", { own: true });
    const prepared = await prepareIn(
      { "faas.yaml": yaml("auth: { config: { provider: jwt, secret: root } }") },
      { plugins: [plugin], code: { plugins: { auth: { config: { secret: "code" } } } } },
    );
    expect(prepared).toEqual([plugin]);
    expect(plugin.applied).toEqual([
      { name: "auth", type: "test", config: { provider: "jwt", secret: "code" } },
    ]);
    expect(plugin.config).toEqual({ own: true });
  });

  it("B-68: it is called for an entry without a config, and not without an entry", async () => {
    const [named, unnamed] = [new ApplyingPlugin("a"), new ApplyingPlugin("b")];
    await prepareIn({ "faas.yaml": yaml("a: { type: other }") }, { plugins: [named, unnamed] });
    expect(named.applied).toEqual([{ name: "a", type: "other", config: undefined }]);
    expect(unnamed.applied).toEqual([]);
  });

  it("B-68: a second preparation of the same function does not configure again", async () => {
    const project = await createProject({ "faas.yaml": yaml("auth: { config: { a: 1 } }") });
    const plugin = new ApplyingPlugin("auth");
    await Promise.all([prepare(project, { plugins: [plugin] }), prepare(project, { plugins: [plugin] })]);
    await prepare(project, { plugins: [plugin] });
    expect(plugin.applied).toHaveLength(1);
  });

  it("B-68: an applyConfig that throws is told, and is called again by the next attempt", async () => {
    class Failing extends ApplyingPlugin {
      override applyConfig(options: PluginOptions) {
        super.applyConfig(options);
        if (this.applied.length === 1) throw new Error("not yet");
      }
    }
    const project = await createProject({ "faas.yaml": yaml("auth: { config: { a: 1 } }") });
    const plugin = new Failing("auth");
    const error = await serverError(prepare(project, { plugins: [plugin] }));
    expect([error.code, error.plugins, error.cause]).toEqual([
      "PLUGIN_LOAD_FAILED",
      ["auth"],
      new Error("not yet"),
    ]);
    expect(error.message).toContain(`${project.path("faas.yaml")}:3:21`);
    await prepare(project, { plugins: [plugin] });
    expect(plugin.applied).toHaveLength(2);
  });

  it("B-68: an applyConfig that is asynchronous is awaited and fails like any other", async () => {
    class Async extends CodePlugin {
      applyConfig(_options: PluginOptions): void {
        // What its type does not say.
        return Promise.reject(new Error("late")) as never;
      }
    }
    const preparing = prepareIn({ "faas.yaml": yaml("auth: {}") }, { plugins: [new Async("auth")] });
    expect((await serverError(preparing)).code).toBe("PLUGIN_LOAD_FAILED");
  });

  it("without applyConfig, configuration is merged into a new config: code's own objects stay as they are", async () => {
    class Pool {
      size = 1;
    }
    const own = { pool: new Pool(), cookie: { name: "x", flags: [1, 2] }, keep: { a: 1 } };
    const before = structuredClone({ cookie: own.cookie, keep: own.keep });
    const plugin = new CodePlugin("auth", own);
    await prepareIn(
      { "faas.yaml": yaml("auth: { config: { cookie: { flags: [3], secure: true } } }") },
      { plugins: [plugin] },
    );
    expect(plugin.config).toEqual({
      pool: own.pool,
      cookie: { name: "x", flags: [3], secure: true },
      keep: { a: 1 },
    });
    expect((plugin.config as typeof own).pool).toBe(own.pool);
    expect((plugin.config as typeof own).keep).not.toBe(own.keep);
    expect({ cookie: own.cookie, keep: own.keep }).toEqual(before);
  });

  it("a plugin without any config gets one, and one that configuration says nothing of gets none", async () => {
    const plugins = [new CodePlugin("a"), new CodePlugin("b"), new CodePlugin("c", { own: 1 })];
    await prepareIn({ "faas.yaml": yaml("a: { config: { x: 1 } }\nc: { type: ignored }") }, { plugins });
    expect(plugins.map(({ config }) => config)).toEqual([{ x: 1 }, undefined, { own: 1 }]);
  });

  it.each([
    ["an instance of a class", new Map()],
    ["a text", "x"],
    ["an object with a key that reaches a prototype", JSON.parse('{ "__proto__": {} }')],
    ["an object that holds itself", ring()],
  ])("a config that is %s is not merged into, and the plugin is told how to take it", async (_, own) => {
    const plugins = [new CodePlugin("a", own)];
    const preparing = prepareIn({ "faas.yaml": yaml("a: { config: { x: 1 } }") }, { plugins });
    expect((await serverError(preparing)).code).toBe("INVALID_PLUGIN");
  });

  it("a frozen plugin cannot be given a config, and that is told", async () => {
    const plugin = Object.freeze({ name: "a", type: "test", onInvoke() {} });
    const preparing = prepareIn({ "faas.yaml": yaml("a: { config: { x: 1 } }") }, { plugins: [plugin] });
    expect((await serverError(preparing)).code).toBe("INVALID_PLUGIN");
    await expect(prepareIn({ "faas.yaml": yaml("a: {}") }, { plugins: [plugin] })).resolves.toEqual([plugin]);
  });
});

describe("an instance that functions share", () => {
  const files = {
    "faas.yaml": yaml("auth: { config: { a: 1 } }"),
    "same/faas.yaml": yaml("auth: { config: { a: 1 } }"),
    "other/faas.yaml": yaml("auth: { config: { a: 2 } }"),
    "off/faas.yaml": yaml("auth: { enabled: false }"),
  };

  it("B-68: is configured once where its configuration is equal", async () => {
    const project = await createProject(files);
    const plugin = new ApplyingPlugin("auth");
    for (const file of ["x.api.ts", "same/x.api.ts", "off/x.api.ts"])
      await prepare(project, { file, plugins: [plugin] });
    expect(plugin.applied).toHaveLength(1);
  });

  it.each([
    ["of different folders", "x.api.ts", "other/x.api.ts"],
    ["whichever comes first", "other/x.api.ts", "x.api.ts"],
  ])("B-68: is refused to the second one where configurations differ, %s", async (_, first, second) => {
    const project = await createProject(files);
    for (const plugin of [new ApplyingPlugin("auth"), new CodePlugin("auth", { b: 1 })]) {
      await prepare(project, { file: first, plugins: [plugin] });
      const error = await serverError(prepare(project, { file: second, plugins: [plugin] }));
      expect([error.code, error.plugins]).toEqual(["PLUGIN_CONFIG_CONFLICT", ["auth"]]);
      expect(error.message).toContain(project.path("other/faas.yaml").replace(/other.*/, ""));
    }
  });

  it("B-68: is refused as well where one function configures it and the other does not", async () => {
    const configured = await createProject(files);
    const bare = await createProject();
    for (const [first, second] of [
      [configured, bare],
      [bare, configured],
    ] as const) {
      const plugin = new ApplyingPlugin("auth");
      await prepare(first, { plugins: [plugin] });
      expect((await serverError(prepare(second, { plugins: [plugin] }))).code).toBe("PLUGIN_CONFIG_CONFLICT");
    }
  });
});
