import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { readManifest, ROOT } from "../../tooling/workspace.ts";
import { addChangeset, listChangesets, publishPackages, versionPackages } from "./changesets.ts";
import { addProgram, installInto, runProgram, toDependencies } from "./consumer-project.ts";
import { copyTree, initRepository } from "./copy-tree.ts";
import { findNarrowedPeers } from "./narrowed-peers.ts";
import {
  findConsumer,
  listPublicPackages,
  type PackageManifest,
  readPackageManifest,
} from "./public-packages.ts";
import { typecheckConsumer } from "./typecheck-consumer.ts";
import { readWorkingTreeStatus } from "./working-tree.ts";

const rehearsal = inject("rehearsal");
const packages = listPublicPackages();
const tree = join(rehearsal.folder, "tree");
let before: PackageManifest[];
let released: PackageManifest[];
/** Where npm has installed all packages, once for all tests. */
let everything: Promise<string>;

beforeAll(async () => {
  copyTree(tree, packages);
  if (listChangesets(tree).length === 0)
    addChangeset(tree, Object.fromEntries(packages.map(({ name }) => [name, "patch"])));
  await initRepository(rehearsal, tree);
  before = readManifests();
  await versionPackages(rehearsal, tree);
  released = readManifests();
  await publishPackages(rehearsal, tree);
  const dependencies = Object.assign({}, ...released.map((manifest) => toDependencies(manifest, released)));
  everything = installInto(rehearsal, "npm", "everything", dependencies);
});

function readManifests(): PackageManifest[] {
  return packages.map(({ directory }) => readPackageManifest(join(tree, directory)));
}

describe("the release", () => {
  test("is built before it is rehearsed: tests depends on every public package", () => {
    const { devDependencies } = readManifest(join(ROOT, "tests")) as PackageManifest;
    expect(devDependencies).toMatchObject(
      Object.fromEntries(packages.map(({ name }) => [name, "workspace:*"])),
    );
  });

  test("leaves no changeset behind", () => {
    expect(listChangesets(tree)).toEqual([]);
  });

  test("narrows no peer range in a version that caret ranges accept", () => {
    expect(findNarrowedPeers(before, released)).toEqual([]);
  });

  test("installs as a whole with npm, every peer range met", async () => {
    const directory = await everything;
    expect(packages.map(({ name }) => readPackageManifest(join(directory, "node_modules", name)))).toEqual(
      released.map(({ name, version }) => expect.objectContaining({ name, version })),
    );
  });
});

describe.concurrent.each(packages)("$name", ({ name, directory }) => {
  let installed: Promise<string> | undefined;

  /** Installs the package alone, with its consumer, once for all tests of it, and gives the consumer's path. */
  function installAlone(): Promise<string> {
    const manifest = readPackageManifest(join(tree, directory));
    const folder = directory.replaceAll("/", "-");
    installed ??= installInto(rehearsal, "pnpm", folder, toDependencies(manifest, released)).then((alone) =>
      addProgram(alone, findConsumer(name)),
    );
    return installed;
  }

  test("runs under plain Node, installed with npm beside all others", async () => {
    expect(await runProgram(rehearsal, addProgram(await everything, findConsumer(name)))).toBe("");
  });

  test("runs under plain Node, installed alone with pnpm", async () => {
    expect(await runProgram(rehearsal, await installAlone())).toBe("");
  });

  // In pnpm's node_modules a declaration finds nothing but what its package depends on.
  test.each(["bundler", "nodenext"] as const)("typechecks with %s", async (resolution) => {
    const names = packages.map((each) => each.name);
    expect(typecheckConsumer(await installAlone(), resolution, names)).toBe("");
  });
});

test("the working tree is left as it was found", () => {
  expect(readWorkingTreeStatus()).toBe(rehearsal.statusBefore);
});
