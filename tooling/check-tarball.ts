// Packs the package in the current folder and lets publint and attw judge the tarball, which is what users get.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "tarball-"));
const run = (...command: string[]) =>
  execFileSync("pnpm", command, { stdio: ["ignore", "inherit", "inherit"] });
try {
  run("--silent", "pack", "--pack-destination", folder);
  const [tarball] = readdirSync(folder);
  run("exec", "publint", "run", "--strict", join(folder, tarball!));
  run("exec", "attw", "--profile", "esm-only", join(folder, tarball!));
} catch {
  // publint and attw have said what is wrong.
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
