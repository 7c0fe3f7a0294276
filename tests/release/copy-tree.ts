import { execFileSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../../tooling/workspace.ts";
import type { PublicPackage } from "./public-packages.ts";
import type { Rehearsal } from "./rehearsal.ts";
import { runCommand } from "./run-command.ts";

/**
 * Copies the working tree as a fresh clone would have it, uncommitted work included, beside the builds of the
 * public packages.
 *
 * @throws Error when a public package is not built.
 */
export function copyTree(target: string, packages: readonly PublicPackage[]): void {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const builds = packages.map(({ name, directory }) => {
    const build = `${directory}/dist`;
    if (existsSync(join(ROOT, build))) return build;
    throw new Error(
      `${build} is missing: build it, and see that tests/package.json has ${name} as a devDependency`,
    );
  });
  const files = listed.split("\0").filter((file) => file !== "" && isCopied(file));
  for (const path of new Set([...files, ...builds]))
    cpSync(join(ROOT, path), join(target, path), { recursive: true });
}

/** Makes `root` a git repository with everything committed, which changesets reads the history of. */
export async function initRepository(rehearsal: Rehearsal, root: string): Promise<void> {
  await runCommand(rehearsal, root, "git", "init", "--quiet", "--initial-branch=main");
  await runCommand(rehearsal, root, "git", "add", "--all");
  await runCommand(rehearsal, root, "git", "commit", "--quiet", "--message=rehearsal");
}

/** Neither a file that was deleted and is still in the index, nor one that could name another registry. */
function isCopied(file: string): boolean {
  return basename(file) !== ".npmrc" && existsSync(join(ROOT, file));
}
