import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../tooling/workspace.ts";
import { initRepository } from "./copy-tree.ts";
import { type PackageManifest, readPackageManifest } from "./public-packages.ts";
import type { Rehearsal } from "./rehearsal.ts";

/** How the names of fixture packages begin, which the registry must not look up elsewhere. */
export const FIXTURE_PREFIX = "rehearsal-";

/** Where a pair of packages starts: a core, and a plugin with a peer range for it. */
export interface FixtureVersions {
  readonly core: string;
  readonly plugin: string;
  readonly peerRange: string;
}

/** A workspace of two public packages that is released like the real one. */
export interface FixtureWorkspace {
  readonly root: string;
  /** The core's name. */
  readonly core: string;
  /** The plugin's name. */
  readonly plugin: string;
  /** Both manifests as they are now: the core's, the plugin's. */
  readManifests(): [core: PackageManifest, plugin: PackageManifest];
}

/**
 * Makes a workspace with the real one's configuration of pnpm and changesets, and two packages instead of the real
 * ones. `label` tells their names from those of every other fixture in the registry.
 */
export async function createFixtureWorkspace(
  rehearsal: Rehearsal,
  label: string,
  versions: FixtureVersions,
): Promise<FixtureWorkspace> {
  const root = join(rehearsal.folder, "fixtures", label);
  const core = `${FIXTURE_PREFIX}${label}-core`;
  const plugin = `${FIXTURE_PREFIX}${label}-plugin`;
  const directories = [join(root, "packages/core"), join(root, "packages/plugin")] as const;
  for (const file of ["package.json", "pnpm-workspace.yaml", ".changeset/config.json"])
    cpSync(join(ROOT, file), join(root, file));
  writePackage(directories[0], { name: core, version: versions.core });
  writePackage(directories[1], {
    name: plugin,
    version: versions.plugin,
    peerDependencies: { [core]: versions.peerRange },
    devDependencies: { [core]: "workspace:^" },
  });
  await initRepository(rehearsal, root);
  return {
    root,
    core,
    plugin,
    readManifests: () => [readPackageManifest(directories[0]), readPackageManifest(directories[1])],
  };
}

function writePackage(directory: string, manifest: PackageManifest): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "package.json"), JSON.stringify({ ...manifest, type: "module" }, null, 2));
}
