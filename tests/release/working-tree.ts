import { execFileSync } from "node:child_process";
import { ROOT } from "../../tooling/workspace.ts";

/** `git status --porcelain` of the working tree, which a rehearsal must not change. */
export function readWorkingTreeStatus(): string {
  return execFileSync("git", ["status", "--porcelain"], { cwd: ROOT, encoding: "utf8" });
}
