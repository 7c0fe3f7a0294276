import { describe, expect, it } from "vitest";
import { createProject, serverError, type TempProject } from "../config/test-support/temp-project.ts";
import { pathToFileURL } from "node:url";
import type { ServerErrorCode } from "../errors.ts";
import { pluginModule, prepare } from "./test-support/plugin-project.ts";

const yaml = (type: string, name = "p") => `defaults:\n  plugins:\n    ${name}: { type: "${type}" }\n`;
const packageOf = (name: string) =>
  JSON.stringify({ name, version: "1.0.0", type: "module", exports: "./index.js" });
/** A plugin of JavaScript, as packages hold them. */
const javaScript = (exported?: string, body?: string) =>
  pluginModule(exported, body)
    .replaceAll(/^ {2}(readonly )?(type|name|options|config): any;\n/gm, "")
    .replaceAll(/^ {2}readonly (type|name): string;\n/gm, "")
    .replaceAll(/: (any|unknown|Promise<void>|\(\) => Promise<void>)(?=[,)\s])/g, "");

async function expectFailure(project: TempProject, code: ServerErrorCode, ...told: string[]): Promise<void> {
  const error = await serverError(prepare(project));
  expect([error.code, error.plugins]).toEqual([code, ["p"]]);
  expect(error.faults.map((fault) => project.describe(fault))).toEqual([
    "faas.yaml:3:16 defaults.plugins.p.type",
  ]);
  for (const text of [...told, `${project.path("faas.yaml")}:3:16`]) expect(error.message).toContain(text);
}

describe("files", () => {
  it("B-69: a relative type counts from the file that names it, also where a deeper one says the rest", async () => {
    const project = await createProject({
      "faas.yaml": yaml("file://./plugins/p.ts"),
      "a/faas.yaml": "defaults: { plugins: { p: { config: { x: 1 } } } }",
      "a/b/faas.yaml": yaml("../../plugins/q.ts"),
      "plugins/p.ts": pluginModule("export default class P"),
      "plugins/q.ts": pluginModule("export default class Q"),
      "a/plugins/p.ts": pluginModule("export default class Wrong"),
    });
    const made = async (file: string) => (await prepare(project, { file }))[0];
    expect((await made("x.api.ts"))?.constructor.name).toBe("P");
    const deeper = await made("a/x.api.ts");
    expect([deeper?.constructor.name, deeper?.config]).toEqual(["P", { x: 1 }]);
    expect((await made("a/b/x.api.ts"))?.constructor.name).toBe("Q");
  });

  it.each([
    ["file://./plugins/p.ts", "plugins/p.ts"],
    ["file:./plugins/p.ts", "plugins/p.ts"],
    ["./plugins/p.ts", "plugins/p.ts"],
    ["./plugins/../plugins/p.ts", "plugins/p.ts"],
    ["./plugins/p", "plugins/p.ts"],
    ["./plugins/p", "plugins/p/index.ts"],
    ["./plugins/p", "plugins/p.js"],
    ["./plugins/p.ts", "plugins/p.js"],
    ["./plugins/p.mts", "plugins/p.mjs"],
    ["./my plugins/p.ts", "my plugins/p.ts"],
    ["file://./my%20plugins/p.ts", "my plugins/p.ts"],
    ["./p%20.ts", "p%20.ts"],
    ["./p.plugin.ts", "p.plugin.ts"],
  ])("B-69: %s is found at %s", async (type, file) => {
    const source = /[jt]s$/.exec(file)?.[0] === "js" ? javaScript() : pluginModule();
    const project = await createProject({ "faas.yaml": yaml(type), [file]: source });
    expect(await prepare(project)).toMatchObject([{ name: "p", type }]);
  });

  it("B-69: an absolute type is a path, or a URL with its escapes", async () => {
    const project = await createProject({ "plug ins/p.ts": pluginModule() });
    const path = project.path("plug ins/p.ts");
    for (const type of [path, `file://${path}`, pathToFileURL(path).href]) {
      const code = { plugins: { p: { type } } };
      expect(await prepare(project, { code })).toMatchObject([{ name: "p", type }]);
    }
  });

  it("a file that is not there is told with everything that was tried, and the name that is near", async () => {
    const project = await createProject({
      "faas.yaml": yaml("./plugins/auht"),
      "plugins/auth.ts": pluginModule(),
    });
    const tried = ["auht", "auht.ts", "auht/index.ts", "auht.js"].map(
      (name) => `\n  ${project.path(`plugins/${name}`)}`,
    );
    await expectFailure(project, "PLUGIN_NOT_FOUND", ...tried);
    await project.write({ "faas.yaml": yaml("./plugins/auht.ts") });
    project.configure();
    await expectFailure(
      project,
      "PLUGIN_NOT_FOUND",
      'Did you mean "auth.ts"?',
      project.path("plugins/auht.js"),
    );
  });

  it("a folder without an index, and a path that no file can have, are not found", async () => {
    const project = await createProject({ "faas.yaml": yaml("./plugins"), "plugins/x.ts": "" });
    await expectFailure(project, "PLUGIN_NOT_FOUND", project.path("plugins/index.ts"));
    await project.write({ "faas.yaml": yaml("./p\\0.ts") });
    project.configure();
    await expectFailure(project, "PLUGIN_NOT_FOUND");
  });
});

describe("packages", () => {
  it("B-69: bare, scoped and npm: names are packages of the app, from its root", async () => {
    const project = await createProject({
      "node_modules/@x/server-p/package.json": packageOf("@x/server-p"),
      "node_modules/@x/server-p/index.js": javaScript("export class P"),
      "node_modules/@acme/p/package.json": packageOf("@acme/p"),
      "node_modules/@acme/p/index.js": javaScript("export default class Acme"),
      "node_modules/p/package.json": packageOf("p"),
      "node_modules/p/index.js": javaScript("export class PPlugin"),
      "node_modules/zod/package.json": packageOf("zod"),
      "node_modules/zod/index.js": javaScript("export default class AppZod"),
      // Packages beside the file that names them are not the app's.
      "a/node_modules/p/package.json": packageOf("p"),
      "a/node_modules/p/index.js": javaScript("export default class Nested"),
    });
    for (const [type, className] of [
      ["p", "P"],
      ["@x/server-p", "P"],
      ["npm:@x/server-p", "P"],
      ["@acme/p", "Acme"],
      ["npm:@acme/p", "Acme"],
      ["npm:p", "PPlugin"],
      ["npm:zod", "AppZod"],
    ]) {
      await project.write({ "a/faas.yaml": yaml(type!) });
      project.configure();
      const [plugin] = await prepare(project, { file: "a/x.api.ts" });
      expect([plugin?.type, plugin?.constructor.name]).toEqual([type, className]);
    }
  });

  it("B-69: what this package has installed is not the app's", async () => {
    const project = await createProject({ "faas.yaml": yaml("npm:yaml") });
    await expectFailure(project, "PLUGIN_NOT_FOUND", "the package yaml", project.root);
  });

  it("a package that is not there is told by the name that it was looked for by", async () => {
    const project = await createProject({ "faas.yaml": yaml("htpp") });
    await expectFailure(project, "PLUGIN_NOT_FOUND", "@x/server-htpp", 'Did you mean "http"?');
    await project.write({ "faas.yaml": yaml("auth.ts") });
    project.configure();
    await expectFailure(project, "PLUGIN_NOT_FOUND", "./auth.ts");
  });

  it("a package without its file is not found, and one that hides it cannot be resolved", async () => {
    const project = await createProject({
      "faas.yaml": yaml("npm:p"),
      "node_modules/p/package.json": packageOf("p"),
      "node_modules/q/package.json": packageOf("q"),
      "node_modules/q/index.js": javaScript(),
      "node_modules/r/package.json": "{ broken",
    });
    await expectFailure(project, "PLUGIN_NOT_FOUND", project.path("node_modules/p/index.js"));
    for (const type of ["npm:q/inner", "npm:r"]) {
      await project.write({ "faas.yaml": yaml(type) });
      project.configure();
      await expectFailure(project, "PLUGIN_LOAD_FAILED", type);
    }
  });

  it.each([
    "plugins/p.ts",
    "https://example.com/p.js",
    "data:text/javascript,1",
    "node:fs",
    "file://p.ts",
    "npm:",
    "npm:../p",
    "@acme",
    "@/p",
    "~p",
    " p",
  ])("%s is no type at all", async (type) => {
    const project = await createProject({ "faas.yaml": yaml(type) });
    await expectFailure(project, "UNKNOWN_PLUGIN_TYPE", type);
  });
});

describe("classes", () => {
  it.each([
    ["./rate-limit.ts", "export default class"],
    ["./rate-limit.ts", "export class RateLimit"],
    ["./rate-limit.ts", "export class RateLimitPlugin"],
    ["./rate_limit.ts", "export class RateLimit"],
    ["./rate-limit/index.ts", "export class RateLimit"],
    ["./rate-limit.plugin.ts", "export class RateLimitPlugin"],
    ["./rateLimit.ts", "export class RateLimit"],
    ["./rate-limit.ts", "export default 1;\nexport class RateLimit"],
    ["./rate-limit.ts", "export const other = 1;\nexport class RateLimit"],
  ])("%s may have `%s`", async (type, exported) => {
    const project = await createProject({ "faas.yaml": yaml(type), [type.slice(2)]: pluginModule(exported) });
    expect(await prepare(project)).toMatchObject([{ name: "p" }]);
  });

  it("hooks may be fields of the instance, and a class may be a function of old or one that a bundler wrapped", async () => {
    const project = await createProject({
      "faas.yaml":
        "defaults: { plugins: { a: { type: ./a.ts }, b: { type: ./b.cjs }, c: { type: ./c.cjs } } }",
      "a.ts": "export default class A { type = 'a'; name = 'a'; onMount = async () => {}; }",
      "b.cjs":
        "function B(o) { this.name = o.name; this.type = o.type } B.prototype.onInvoke = function () {}; module.exports = B;",
      "c.cjs":
        "exports.__esModule = true; exports.default = class { type = 'c'; name = 'c'; onInvoke() {} };",
    });
    expect((await prepare(project)).map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });

  it.each([
    ["nothing", "", "it exports nothing"],
    ["no class", "export const a = 1, P = {};", "it exports P, a"],
    ["an instance", "class P { onInvoke() {} }\nexport default new P();", "export the class itself"],
    ["a function that makes one", "export default () => ({ onInvoke() {} });", "a function and no class"],
    ["a class of another name", "export class Other { onInvoke() {} }", "PPlugin"],
  ])("a module with %s is told with what was tried", async (_, source, told) => {
    const project = await createProject({ "faas.yaml": yaml("./p.ts"), "p.ts": source });
    await expectFailure(
      project,
      "INVALID_PLUGIN_MODULE",
      told,
      "a default export, P, PPlugin",
      project.path("p.ts"),
    );
  });

  it.each([
    ["throws", "throw new Error('no database');", "no database"],
    ["throws a text", "throw 'no database';", "no database"],
    ["throws nothing at all", "throw undefined;", "undefined"],
    ["imports what is not there", "import './nowhere.ts';", "nowhere"],
    ["cannot be parsed", "export default class {", "p.ts"],
  ])("a module that %s fails to load, with what it threw as the cause", async (_, source, told) => {
    const project = await createProject({ "faas.yaml": yaml("./p.ts"), "p.ts": source });
    await expectFailure(project, "PLUGIN_LOAD_FAILED", told);
    expect("cause" in (await serverError(prepare(project)))).toBe(true);
  });

  it.each([
    [
      "throws in its constructor",
      "constructor() { throw new Error('no database'); }",
      "PLUGIN_LOAD_FAILED",
      "no database",
    ],
    ["has no hook", "type = 'p'; name = 'p';", "INVALID_PLUGIN", "onInvoke"],
    [
      "has a hook that is no function",
      "type = 'p'; name = 'p'; onInvoke = true;",
      "INVALID_PLUGIN",
      "onInvoke",
    ],
    ["has no name", "type = 'p'; onInvoke() {}", "INVALID_PLUGIN", "name"],
    ["has no type", "name = 'p'; onInvoke() {}", "INVALID_PLUGIN", "type"],
    [
      "has another name than its entry",
      "type = 'p'; name = 'fixed'; onInvoke() {}",
      "PLUGIN_NAME_MISMATCH",
      "options",
    ],
    [
      "has a schema that is none",
      "static configSchema = {}; onInvoke() {}",
      "INVALID_PLUGIN",
      "configSchema",
    ],
    [
      "has public paths that are none",
      "static publicConfig = 'a'; onInvoke() {}",
      "INVALID_PLUGIN",
      "publicConfig",
    ],
  ] as const)("a class that %s is told of", async (_, body, code, told) => {
    const project = await createProject({
      "faas.yaml": yaml("./p.ts"),
      "p.ts": `export default class Broken { ${body} }`,
    });
    await expectFailure(project, code, told);
  });

  it("all plugins that fail are told of at once, and none is made", async () => {
    const project = await createProject({
      "faas.yaml": "defaults: { plugins: { a: { type: ./a.ts }, b: { type: ./b.ts }, c: { type: ./c.ts } } }",
      "b.ts": pluginModule("export default class", "static { (globalThis as any).madeB = 0; }").replace(
        "this.type",
        "(globalThis as any).madeB += 1; this.type",
      ),
      "c.ts": "throw new Error('no database');",
    });
    const error = await serverError(prepare(project));
    expect([error.code, error.plugins]).toEqual(["PLUGIN_NOT_FOUND", ["a", "c"]]);
    expect(error.message).toContain("no database");
    expect(error.faults.map((fault) => project.describe(fault))).toEqual([
      "faas.yaml:1:35 defaults.plugins.a.type",
      "faas.yaml:1:77 defaults.plugins.c.type",
    ]);
    expect(globalThis).toHaveProperty("madeB", 0);
    Reflect.deleteProperty(globalThis, "madeB");
  });
});
