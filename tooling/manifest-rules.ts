import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fieldsOf, isText, nameFor, rootOf, type Rule, SCOPE } from "./package-rule.ts";
import { readManifest, ROOT } from "./workspace.ts";

const SCRIPTS = ["build", "typecheck", "test", "check:size", "check:tarball"];
const ENGINE = String(fieldsOf(readManifest(ROOT)["engines"])["node"]);
const CONFIG_LINES = 10;
const CONFIG_FILE = /^(?:tsup|vitest)\.config\.[cm]?[jt]s$/;
/** `1.2.3`, or a prerelease of it. */
const VERSION = /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/;

/** What every package of the workspace keeps. */
export const COMMON_RULES: readonly Rule[] = [
  {
    id: "type",
    reason: '"type" is not "module"',
    holds: (manifest) => manifest["type"] === "module",
  },
  {
    id: "config-lines",
    reason: `a tsup or vitest configuration is over ${CONFIG_LINES} lines; what packages share belongs in tooling/`,
    holds: (_, directory) => longestConfig(directory) <= CONFIG_LINES,
  },
];

/** What packages keep that are never published. */
export const PRIVATE_RULES: readonly Rule[] = [
  {
    id: "private-name",
    reason: `"name" has a scope, which only published packages have`,
    holds: ({ name }) => isText(name) && !name.startsWith("@"),
  },
];

/** What published packages keep. */
export const PUBLIC_RULES: readonly Rule[] = [
  {
    id: "name",
    reason: `"name" does not follow from the folder, as ${SCOPE}client-cache does from packages/client-plugins/cache`,
    holds: ({ name }, directory) => name === nameFor(directory),
  },
  {
    id: "version",
    reason: '"version" is missing, or is no version',
    holds: ({ version }) => isText(version) && VERSION.test(version),
  },
  {
    id: "description",
    reason: '"description" is missing',
    holds: (manifest) => isText(manifest["description"]),
  },
  {
    id: "keywords",
    reason: '"keywords" is missing, or holds none',
    holds: ({ keywords }) => Array.isArray(keywords) && keywords.length > 0 && keywords.every(isText),
  },
  {
    id: "license",
    reason: '"license" is not "MIT"',
    holds: (manifest) => manifest["license"] === "MIT",
  },
  {
    id: "side-effects",
    reason: '"sideEffects" is not false, so bundlers keep code that nobody uses',
    holds: (manifest) => manifest["sideEffects"] === false,
  },
  {
    id: "files",
    reason: '"files" has no "dist"',
    holds: ({ files }) => Array.isArray(files) && files.includes("dist"),
  },
  {
    id: "engines",
    reason: `"engines.node" is not the root's "${ENGINE}"`,
    holds: ({ engines }) => fieldsOf(engines)["node"] === ENGINE,
  },
  {
    id: "publish-access",
    reason: '"publishConfig.access" is not "public", without which npm refuses a new scoped package',
    holds: ({ publishConfig }) => fieldsOf(publishConfig)["access"] === "public",
  },
  {
    id: "publish-provenance",
    reason: '"publishConfig.provenance" is not true',
    holds: ({ publishConfig }) => fieldsOf(publishConfig)["provenance"] === true,
  },
  ...SCRIPTS.map((script): Rule => ({
    id: `script-${script}`,
    reason: `"scripts" has no "${script}"`,
    holds: ({ scripts }) => isText(fieldsOf(scripts)[script]),
  })),
  {
    id: "size-limit",
    reason: '"size-limit" has no budget, or one without a "limit"',
    holds: ({ "size-limit": budgets }) =>
      Array.isArray(budgets) &&
      budgets.length > 0 &&
      budgets.every((budget) => isText(fieldsOf(budget)["limit"])),
  },
  {
    id: "readme",
    reason: "README.md is missing",
    holds: (_, directory) => existsSync(join(directory, "README.md")),
  },
  {
    id: "tsconfig",
    reason: "tsconfig.json is missing, or does not extend the root's tsconfig.base.json",
    holds: (_, directory) => extendsBase(directory),
  },
];

function longestConfig(directory: string): number {
  const files = readdirSync(directory).filter((file) => CONFIG_FILE.test(file));
  const lines = files.map((file) => readFileSync(join(directory, file), "utf8").trimEnd().split("\n").length);
  return Math.max(0, ...lines);
}

function extendsBase(directory: string): boolean {
  const path = join(directory, "tsconfig.json");
  // Searched, not parsed: a tsconfig may hold comments.
  const base = existsSync(path) && /"extends":\s*"([^"]+)"/.exec(readFileSync(path, "utf8"))?.[1];
  return isText(base) && resolve(directory, base) === join(rootOf(directory), "tsconfig.base.json");
}
