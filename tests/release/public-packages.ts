import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { listPackages, readManifest, ROOT, type Manifest } from "../../tooling/workspace.ts";

/** A package that a release publishes. */
export interface PublicPackage {
  readonly name: string;
  /** Relative to the root, so that it names the package in the copied tree too. */
  readonly directory: string;
}

/** The fields of a published package.json that a rehearsal looks at. */
export interface PackageManifest extends Manifest {
  readonly version: string;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** Every package of the workspace that is not private. */
export function listPublicPackages(): PublicPackage[] {
  return listPackages()
    .filter(({ manifest }) => !manifest.private)
    .map(({ directory, manifest }) => ({ name: manifest.name, directory: relative(ROOT, directory) }));
}

/** Reads the package.json in `directory`, of a package that has a version. */
export function readPackageManifest(directory: string): PackageManifest {
  // A package without a version could not be published, and the release would have failed before.
  return readManifest(directory) as PackageManifest;
}

/**
 * The program that stands for a user of the package. It ends by itself and prints nothing when all is well.
 *
 * @throws Error when there is none.
 */
export function findConsumer(name: string): string {
  const path = `tests/release/consumers/${name.replace(/^@[^/]+\//, "")}.ts`;
  if (!existsSync(join(ROOT, path)))
    throw new Error(`${name} has no consumer: add ${path}, a small program that uses its API and types`);
  return join(ROOT, path);
}
