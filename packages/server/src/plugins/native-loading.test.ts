import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { createProject } from "../config/test-support/temp-project.ts";
import { pluginModule } from "./test-support/plugin-project.ts";

// The test runner imports modules in its own way; what users get is Node's.
const SCRIPT = `
import { ProjectConfig } from ${JSON.stringify(new URL("../config/project-config.ts", import.meta.url).href)};
import { preparePlugins } from ${JSON.stringify(new URL("./prepare-plugins.ts", import.meta.url).href)};
const [root, file] = process.argv.slice(1);
const config = await new ProjectConfig({ root }).resolve(file);
const plugins = await preparePlugins({ config, plugins: [], builtIn: {}, root });
console.log(JSON.stringify(plugins.map((plugin) => [plugin.name, plugin.type, plugin.constructor.name])));
`;

async function run(root: string, file: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", SCRIPT, root, file],
    { cwd: root },
  );
  return JSON.parse(stdout);
}

it("B-69: Node itself loads TypeScript plugins and the app's packages as they are", async () => {
  const project = await createProject({
    "faas.yaml": `defaults:
  plugins:
    file: { type: file://./plugins/auth.ts }
    odd: { type: "./my plugins/#100%?.ts" }
    package: { type: "@acme/tenant" }
    bundled: { type: ./plugins/bundled.cjs }
`,
    "plugins/auth.ts": pluginModule("export class AuthPlugin"),
    "plugins/bundled.cjs":
      "exports.__esModule = true; exports.default = class Bundled { type = 'x'; name = 'bundled'; onInvoke() {} };",
    "my plugins/#100%?.ts": pluginModule("export default class Odd"),
    "node_modules/@acme/tenant/package.json": '{ "name": "@acme/tenant", "exports": "./index.mjs" }',
    "node_modules/@acme/tenant/index.mjs":
      "export class Tenant { constructor({ name, type }) { this.name = name; this.type = type; } onMount() {} }",
  });
  expect(await run(project.root, project.path("a/x.api.ts"))).toEqual([
    ["file", "file://./plugins/auth.ts", "AuthPlugin"],
    ["odd", "./my plugins/#100%?.ts", "Odd"],
    ["package", "@acme/tenant", "Tenant"],
    ["bundled", "x", "Bundled"],
  ]);
});
