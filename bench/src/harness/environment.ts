import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { availableParallelism, cpus } from "node:os";

/** What a reader must know about the machine, and nothing that would tell whose it is. */
export function describeEnvironment(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return `Node ${process.versions.node} on ${availableParallelism()} × ${model}`;
}

/** The installed version of a package that `importer` depends on. */
export function installedVersion(name: string, importer: string): string {
  // Several packages do not export their package.json, so that it cannot be imported.
  const path = findPackageJSON(name, importer);
  if (!path) throw new Error(`${name} is not installed: run pnpm install`);
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
}
