// Runs the packages' tests on every supported Node, each fetched from the npm registry. turbo is left out: its
// cache key does not hold the Node version.
import { spawnSync } from "node:child_process";
import { readManifest, ROOT } from "./workspace.ts";

const NODES = ["22", "24", "26"];
const pnpm = readManifest(ROOT)["packageManager"] as string;

const build = spawnSync("pnpm", ["build"], { cwd: ROOT, stdio: "inherit" });
if (build.status !== 0) process.exit(1);

const failed = NODES.filter((version) => {
  console.log(`\nNode ${version}`);
  const fetch = ["--yes", `--package=node@${version}`, `--package=${pnpm}`, "--"];
  const test = ["pnpm", "--recursive", "--workspace-concurrency=1", "--filter=./packages/**", "run", "test"];
  return spawnSync("npx", [...fetch, ...test], { cwd: ROOT, stdio: "inherit" }).status !== 0;
});
console.log(
  failed.length > 0 ? `\nfailed on Node ${failed.join(", ")}` : `\npassed on Node ${NODES.join(", ")}`,
);
process.exitCode = failed.length > 0 ? 1 : 0;
