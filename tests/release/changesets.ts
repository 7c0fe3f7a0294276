import { readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Rehearsal } from "./rehearsal.ts";
import { runCommand } from "./run-command.ts";

/** How far a release moves a version. */
export type Bump = "patch" | "minor" | "major";

const CHANGESET = createRequire(import.meta.url).resolve("@changesets/cli/bin.js");

/** File names of the changesets that wait for the next release of the tree in `root`. */
export function listChangesets(root: string): string[] {
  return readdirSync(join(root, ".changeset")).filter((file) => file.endsWith(".md") && file !== "README.md");
}

/** Writes a changeset that bumps each of the packages. */
export function addChangeset(root: string, bumps: Readonly<Record<string, Bump>>): void {
  const lines = Object.entries(bumps).map(([name, bump]) => `"${name}": ${bump}`);
  writeFileSync(
    join(root, ".changeset/rehearsal.md"),
    ["---", ...lines, "---", "", "A rehearsed change.", ""].join("\n"),
  );
}

/** Turns the waiting changesets into versions, ranges and changelogs. */
export async function versionPackages(rehearsal: Rehearsal, root: string): Promise<void> {
  await runCommand(rehearsal, root, process.execPath, CHANGESET, "version");
}

/** Publishes every public package whose version the registry does not have yet. */
export async function publishPackages(rehearsal: Rehearsal, root: string): Promise<void> {
  await runCommand(rehearsal, root, process.execPath, CHANGESET, "publish", "--no-git-tag");
}

/** Does the same in one process. It serves where what changesets publishes is not the question. */
export async function publishQuickly(rehearsal: Rehearsal, root: string): Promise<void> {
  await runCommand(rehearsal, root, "pnpm", "publish", "--recursive", "--no-git-checks");
}
