// Runs the packages' tests on every supported Node, and what their users write on Bun and Deno, each runtime fetched
// from the npm registry. turbo is left out: its cache key does not hold the runtime's version.
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { readManifest, ROOT } from "./workspace.ts";

const NODES = ["22", "24", "26"];
const CONSUMERS = globSync("release/consumers/*.ts", { cwd: join(ROOT, "tests") });
const pnpm = readManifest(ROOT)["packageManager"] as string;

const run = (program: string, args: readonly string[], folder = ".") =>
  spawnSync(program, args, { cwd: join(ROOT, folder), stdio: "inherit" }).status === 0;
const fetched = (...packages: string[]) => ["--yes", ...packages.map((name) => `--package=${name}`), "--"];

const checks: readonly { readonly runtime: string; readonly passes: () => boolean }[] = [
  ...NODES.map((version) => ({
    runtime: `Node ${version}`,
    passes: () =>
      run("npx", [
        ...fetched(`node@${version}`, pnpm),
        ...["pnpm", "--recursive", "--workspace-concurrency=1", "--filter=./packages/**", "run", "test"],
      ]),
  })),
  {
    runtime: "Bun",
    passes: () => CONSUMERS.every((file) => run("npx", [...fetched("bun@1"), "bun", "run", file], "tests")),
  },
  {
    runtime: "Deno",
    passes: () => {
      // Types are checked by the release rehearsal, and the packages are where pnpm has put them.
      const deno = ["deno", "run", "--no-check", "--allow-all", "--node-modules-dir=manual"];
      return CONSUMERS.every((file) => run("npx", [...fetched("deno@2"), ...deno, file], "tests"));
    },
  },
];

if (!run("pnpm", ["build"])) process.exit(1);
const failed = checks.filter(({ runtime, passes }) => {
  console.log(`\n${runtime}`);
  return !passes();
});
const names = (some: typeof checks) => some.map(({ runtime }) => runtime).join(", ");
console.log(failed.length > 0 ? `\nfailed on ${names(failed)}` : `\npassed on ${names(checks)}`);
process.exitCode = failed.length > 0 ? 1 : 0;
