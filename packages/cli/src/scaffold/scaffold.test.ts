import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { findFaults } from "../../../../tooling/check-packages.ts";
import { readManifest } from "../../../../tooling/workspace.ts";
import { createFolder, createMonorepo, installByLinks, link, ROOT } from "../test-support/create-monorepo.ts";
import { runCli } from "../test-support/run-cli.ts";
import { runScript } from "../test-support/run-script.ts";
import { coreOf, PLUGIN_KINDS } from "./plugin-kind.ts";

const LONG = 300_000;
const PRETTIER = join(ROOT, "node_modules/.bin/prettier");
const OXLINT = join(ROOT, "node_modules/.bin/oxlint");

/** Runs `x new` and gives the folder of the package and all its files. */
async function scaffold(from: string, args: readonly string[]) {
  const { code, stdout, stderr } = await runCli(from, ["new", ...args, "--json"]);
  expect([code, stderr]).toEqual([0, ""]);
  // The document is the command's, and its form is tested elsewhere.
  return JSON.parse(stdout) as { readonly folder: string; readonly files: readonly string[] };
}

/** Puts the samples of the README and of docstrings beside the sources, where the type checker meets them. */
function writeExamples(folder: string, files: readonly string[]): readonly string[] {
  const text = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const fences = [...text.replaceAll(/^ \* ?/gm, "").matchAll(/^```ts\n([\s\S]*?)^```$/gm)];
  return fences.map(([, code = ""], index) => {
    const path = join(folder, `src/example-${index}.ts`);
    writeFileSync(path, code);
    return path;
  });
}

describe.each(PLUGIN_KINDS)("a new %s", (kind) => {
  test("that stands alone builds, passes its tests and can be published", { timeout: LONG }, async () => {
    const { folder, files } = await scaffold(createFolder(), [kind, "acme:slow-log"]);
    expect(basename(folder)).toBe(kind === "client-plugin" ? "client-slow-log" : "server-slow-log");
    installByLinks(folder);
    await runScript(folder, "npm", "run", "build");
    const examples = writeExamples(folder, files);
    expect(examples.length).toBeGreaterThan(1);
    await runScript(folder, "npm", "run", "typecheck");
    for (const example of examples) rmSync(example);
    expect(await runScript(folder, "npm", "test")).toMatch(/contract\.test\.ts/);
    expect(await runScript(folder, "npm", "run", "check")).toContain("All good!");
    const packed = await runScript(folder, "npm", "pack", "--ignore-scripts", "--json");
    // npm prints an array of what it packed.
    const [contents] = JSON.parse(packed.slice(packed.indexOf("["))) as [{ files: { path: string }[] }];
    expect(contents.files.map(({ path }) => path).toSorted()).toEqual([
      "LICENSE",
      "README.md",
      "dist/index.d.ts",
      "dist/index.js",
      "dist/index.js.map",
      "package.json",
    ]);
  });

  test("inside the monorepo keeps all of its conventions", { timeout: LONG }, async () => {
    const root = createMonorepo();
    const { folder, files } = await scaffold(root, [kind, "slow-log"]);
    installByLinks(folder);
    expect(findFaults({ manifest: readManifest(folder), directory: folder })).toEqual([]);
    for (const script of ["build", "typecheck", "test", "check:size", "check:tarball"])
      await runScript(folder, "npm", "run", script);
    expect(readdirSync(join(folder, "dist"))).toContain("index.d.ts");
    await runScript(ROOT, PRETTIER, "--check", "--config", join(ROOT, ".prettierrc.json"), ...files);
    const consumer = files.find((file) => file.includes("consumers"))!;
    const scope = join(dirname(consumer), "node_modules/@x");
    link(folder, join(scope, basename(consumer, ".ts")));
    link(join(ROOT, "packages", coreOf(kind)), join(scope, coreOf(kind)));
    await runScript(dirname(consumer), process.execPath, consumer);
    const typescript = files.filter((file) => file.endsWith(".ts"));
    await runScript(ROOT, OXLINT, "--deny-warnings", "--config", join(ROOT, ".oxlintrc.json"), ...typescript);
  });
});
