import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** This monorepo. */
export const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/** What plugins extend, by name: development dependencies, so that they are built before they are tested with. */
const CORES: ReadonlyMap<string, string> = new Map(
  [import.meta.resolve("@x/client/package.json"), import.meta.resolve("@x/server/package.json")]
    .map((manifest) => dirname(fileURLToPath(manifest)))
    .map((folder) => [`@x/${basename(folder)}`, folder]),
);

/** A folder that is gone after the test. */
export function createFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "x-new-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of this monorepo without its packages but the two cores, and with all tools installed. */
export function createMonorepo(): string {
  const folder = createFolder();
  for (const path of ["package.json", "pnpm-workspace.yaml", "tsconfig.base.json", "tooling", "README.md"])
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  link(join(ROOT, "node_modules"), join(folder, "node_modules"));
  for (const [core, target] of CORES) link(target, join(folder, "packages", basename(core)));
  return folder;
}

/**
 * Installs what a package asks for, by links to what this monorepo has: its own packages, and the tools at its root.
 */
export function installByLinks(folder: string): void {
  // The file has just been written by the command under test.
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    devDependencies: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(manifest.devDependencies))
    link(locate(name), join(folder, "node_modules", name));
  link(join(ROOT, "node_modules/.bin"), join(folder, "node_modules/.bin"));
}

function locate(name: string): string {
  return CORES.get(name) ?? join(ROOT, "node_modules", name);
}

/** Puts a folder in another place as well. */
export function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, "junction");
}
