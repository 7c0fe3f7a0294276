import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findFaults, RULES_OF_PRIVATE, RULES_OF_PUBLIC } from "./check-packages.ts";
import type { Rule } from "./package-rule.ts";
import { type Manifest, readManifest, ROOT } from "./workspace.ts";

type Fields = Readonly<Record<string, unknown>>;
type Files = Readonly<Record<string, string | undefined>>;

interface Case {
  readonly rule: string;
  /** Where the package is. Default: `packages/client`. */
  readonly folder?: string;
  /** What makes it wrong; `undefined` takes a field or a file away. */
  readonly fields?: Fields;
  readonly files?: Files;
  /** When another rule cannot but object too. */
  readonly also?: readonly string[];
}

const PLUGIN = "packages/client-plugins/cache";
const conditions = (entry: unknown) => ({ exports: { ".": entry, "./package.json": "./package.json" } });
const types = "./dist/index.d.ts";

const PUBLIC_CASES: readonly Case[] = [
  { rule: "type", fields: { type: "commonjs" } },
  { rule: "config-lines", files: { "tsup.config.ts": "//\n".repeat(11) } },
  { rule: "name", fields: { name: "@x/klient" } },
  { rule: "name", folder: PLUGIN, fields: { name: "@x/cache" } },
  { rule: "name", folder: "packages/server-plugins/auth", fields: { name: "@x/client-auth" } },
  { rule: "name", folder: "elsewhere/client", fields: { name: "@x/client" } },
  { rule: "version", fields: { version: undefined } },
  { rule: "version", fields: { version: "next" } },
  { rule: "description", fields: { description: "" } },
  { rule: "keywords", fields: { keywords: [] } },
  { rule: "license", fields: { license: "ISC" } },
  { rule: "side-effects", fields: { sideEffects: undefined } },
  { rule: "files", fields: { files: ["src"] } },
  { rule: "engines", fields: { engines: { node: ">=4" } } },
  { rule: "publish-access", fields: { publishConfig: { provenance: true } } },
  { rule: "publish-provenance", fields: { publishConfig: { access: "public" } } },
  ...["build", "typecheck", "test", "check:size", "check:tarball"].map((script) => ({
    rule: `script-${script}`,
    fields: { scripts: { ...scripts(), [script]: undefined } },
  })),
  { rule: "size-limit", fields: { "size-limit": [] } },
  { rule: "size-limit", fields: { "size-limit": [{ path: "dist/index.js" }] } },
  { rule: "readme", files: { "README.md": undefined } },
  { rule: "tsconfig", files: { "tsconfig.json": undefined } },
  { rule: "tsconfig", files: { "tsconfig.json": '{ "extends": "../tsconfig.base.json" }' } },
  { rule: "exports-manifest", fields: { exports: { ".": { types, default: "./dist/index.js" } } } },
  {
    rule: "exports-types",
    fields: conditions({ browser: "./dist/b.js", types, default: "./dist/index.js" }),
  },
  { rule: "exports-default", fields: conditions({ types, default: "./dist/index.js", node: "./dist/n.js" }) },
  {
    rule: "exports-types",
    fields: conditions("./dist/index.js"),
    also: ["exports-default"],
  },
  { rule: "exports-dist", fields: conditions({ types, default: "./src/index.ts" }) },
  {
    rule: "exports-dist",
    fields: conditions({ types, node: { import: "./n.js" }, default: "./dist/index.js" }),
  },
  { rule: "exports-esm", fields: conditions({ types, import: "./dist/i.js", default: "./dist/i.js" }) },
  { rule: "exports-esm", fields: conditions({ types, require: "./dist/i.cjs", default: "./dist/i.js" }) },
  { rule: "bin-dist", fields: { bin: { x: "./src/bin.ts" } } },
  { rule: "bin-dist", fields: { bin: "./dist/bin.js" } },
  { rule: "entry", fields: { exports: { "./package.json": "./package.json" } } },
  { rule: "no-main", fields: { main: "./dist/index.js" } },
  { rule: "peer-range", folder: PLUGIN, fields: peer("workspace:^") },
  { rule: "peer-range", folder: PLUGIN, fields: peer(">=0.1.0") },
  { rule: "peer-range", folder: PLUGIN, fields: peer("^0.1.0") },
  { rule: "peer-development", folder: PLUGIN, fields: { devDependencies: { "@x/client": "workspace:^" } } },
  { rule: "dependency-range", fields: { dependencies: { "@x/pipeline": "workspace:*" } } },
  { rule: "no-private-dependency", fields: { dependencies: { bench: "workspace:^" } } },
  { rule: "pipeline-stands-alone", folder: "packages/pipeline", fields: { dependencies: { koa: "^3.0.0" } } },
  { rule: "client-on-pipeline-alone", fields: { dependencies: { "@x/server": "workspace:^" } } },
  {
    rule: "server-on-pipeline-alone",
    folder: "packages/server",
    fields: { dependencies: { "@x/client": "workspace:^" } },
  },
  {
    rule: "client-plugins-on-client-alone",
    folder: PLUGIN,
    fields: {
      peerDependencies: { "@x/server": ">=0.1.0 <1" },
      devDependencies: { "@x/server": "workspace:*" },
    },
  },
  {
    rule: "server-plugins-on-server-alone",
    folder: "packages/server-plugins/auth",
    fields: {
      peerDependencies: { "@x/client": ">=0.1.0 <1" },
      devDependencies: { "@x/client": "workspace:*" },
    },
  },
  {
    rule: "client-plugins-peers",
    folder: PLUGIN,
    fields: { peerDependencies: undefined, dependencies: { "@x/client": "workspace:^" } },
  },
  {
    rule: "server-plugins-peers",
    folder: "packages/server-plugins/auth",
    fields: { dependencies: { "@x/server": "workspace:^" } },
  },
  {
    rule: "react-on-client-alone",
    folder: "packages/react",
    fields: {
      peerDependencies: { "@x/client-cache": ">=0.1.0 <1" },
      devDependencies: { "@x/client-cache": "workspace:*" },
    },
  },
  {
    rule: "react-peers",
    folder: "packages/react",
    fields: { dependencies: { "@x/client": "workspace:^" } },
  },
  {
    rule: "jobs-on-server-alone",
    folder: "packages/jobs",
    fields: {
      peerDependencies: { "@x/server-pg": ">=0.1.0 <1" },
      devDependencies: { "@x/server-pg": "workspace:*" },
    },
  },
  {
    rule: "jobs-peers",
    folder: "packages/jobs",
    fields: { dependencies: { "@x/server": "workspace:^" } },
  },
  { rule: "cli-peers", folder: "packages/cli", fields: { dependencies: { "@x/server": "workspace:^" } } },
];

const PRIVATE_CASES: readonly Case[] = [
  { rule: "type", fields: { type: undefined } },
  { rule: "config-lines", files: { "vitest.config.ts": "//\n".repeat(11) } },
  { rule: "private-name", fields: { name: "@x/bench" } },
];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "packages-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

describe("a published package", () => {
  test.each(["packages/pipeline", "packages/client", PLUGIN, "packages/server-plugins/auth"])(
    "in %s that keeps the conventions has no fault",
    (folder) => {
      expect(check(folder, validManifest(folder))).toEqual([]);
    },
  );

  test("may depend on a package of the level below, and on others by any range", () => {
    const dependencies = { "@x/pipeline": "workspace:^", yaml: "^2.0.0" };
    expect(check("packages/client", { ...validManifest("packages/client"), dependencies })).toEqual([]);
  });

  test("may be a program, which nobody imports", () => {
    const program = { exports: { "./package.json": "./package.json" }, bin: { x: "./dist/bin.js" } };
    expect(check("packages/cli", { ...validManifest("packages/cli"), ...program })).toEqual([]);
  });

  test.each(PUBLIC_CASES)(
    "breaks $rule with $folder $fields $files",
    ({ rule, fields, files, also, ...wrong }) => {
      const folder = wrong.folder ?? "packages/client";
      const faults = check(folder, { ...validManifest(folder), ...fields }, files);
      expect(faults).toEqual([rule, ...(also ?? [])]);
    },
  );
});

describe("a private package", () => {
  const valid = { name: "bench", private: true, type: "module" };

  test("needs none of what a published one does", () => {
    expect(check("bench", valid)).toEqual([]);
  });

  test.each(PRIVATE_CASES)("breaks $rule with $fields $files", ({ rule, fields, files }) => {
    expect(check("bench", { ...valid, ...fields }, files)).toEqual([rule]);
  });
});

test("each rule has a case above that breaks it", () => {
  expect(new Set(PUBLIC_CASES.map(({ rule }) => rule))).toEqual(ids(RULES_OF_PUBLIC));
  expect(new Set(PRIVATE_CASES.map(({ rule }) => rule))).toEqual(ids(RULES_OF_PRIVATE));
});

test("a fault is told in one line", () => {
  for (const { reason } of [...RULES_OF_PUBLIC, ...RULES_OF_PRIVATE]) expect(reason).toMatch(/^.{10,120}$/);
});

/** The ids of the rules that a package breaks, which is written to a temporary folder first. */
function check(folder: string, manifest: Manifest, files: Files = {}): string[] {
  const directory = join(root, folder);
  mkdirSync(directory, { recursive: true });
  const base = relative(directory, join(root, "tsconfig.base.json"));
  const valid: Files = { "README.md": "# Package\n", "tsconfig.json": JSON.stringify({ extends: base }) };
  for (const [name, text] of Object.entries({ ...valid, ...files }))
    if (text !== undefined) writeFileSync(join(directory, name), text);
  return findFaults({ manifest, directory }).map(({ id }) => id);
}

function validManifest(folder: string): Manifest {
  const [, kind, plugin] = folder.split("/");
  const base = kind?.replace("-plugins", "");
  return {
    name: plugin ? `@x/${base}-${plugin}` : `@x/${kind}`,
    version: "0.1.0",
    description: "A package.",
    keywords: ["package"],
    license: "MIT",
    type: "module",
    sideEffects: false,
    files: ["dist"],
    exports: { ".": { types, default: "./dist/index.js" }, "./package.json": "./package.json" },
    publishConfig: { access: "public", provenance: true },
    engines: readManifest(ROOT)["engines"],
    scripts: scripts(),
    "size-limit": [{ path: "dist/index.js", limit: "1 kB" }],
    ...(plugin && {
      peerDependencies: { [`@x/${base}`]: ">=0.1.0 <1" },
      devDependencies: { [`@x/${base}`]: "workspace:*" },
    }),
  };
}

function peer(range: string): Fields {
  return { peerDependencies: { "@x/client": range } };
}

function scripts(): Fields {
  return {
    build: "tsup",
    typecheck: "tsc",
    test: "vitest",
    "check:size": "size",
    "check:tarball": "tarball",
  };
}

function ids(rules: readonly Rule[]): Set<string> {
  return new Set(rules.map(({ id }) => id));
}
