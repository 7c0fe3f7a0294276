import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A package of the workspace, the root left out. */
export interface WorkspacePackage {
  readonly directory: string;
  readonly manifest: Manifest;
}

/** The fields of a package.json that the tooling reads. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly [field: string]: unknown;
}

/** The root of this repository. */
export const ROOT = join(import.meta.dirname, "..");

/** Every package of the workspace in `root`, as pnpm sees it. */
export function listPackages(root = ROOT): WorkspacePackage[] {
  const json = execFileSync("pnpm", ["ls", "--recursive", "--depth=-1", "--json"], {
    cwd: root,
    encoding: "utf8",
  });
  return (JSON.parse(json) as { path: string }[])
    .filter(({ path }) => path !== root)
    .map(({ path }) => ({ directory: path, manifest: readManifest(path) }));
}

export function readManifest(directory: string): Manifest {
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as Manifest;
}
