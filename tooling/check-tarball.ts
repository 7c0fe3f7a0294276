// Packs the package in the current folder and lets publint and attw judge the tarball, which is what users get.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./workspace.ts";

const folder = mkdtempSync(join(tmpdir(), "tarball-"));
const run = (command: string, ...options: string[]) =>
  execFileSync(command, options, { stdio: ["ignore", "inherit", "inherit"] });
// Not through `pnpm exec`, which takes as long to start as they take to judge.
const tool = (name: string) => join(ROOT, "node_modules", ".bin", name);
try {
  run("pnpm", "--silent", "pack", "--pack-destination", folder);
  const [tarball] = readdirSync(folder);
  run(tool("publint"), "run", "--strict", join(folder, tarball!));
  run(tool("attw"), "--profile", "esm-only", join(folder, tarball!));
} catch {
  // publint and attw have said what is wrong.
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
