// Runs a root script with the Node and pnpm that this repository needs, on a machine that may have neither.
// Plain JavaScript for the oldest Node that still comes with npx; everything after this file may be modern.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [script, ...args] = process.argv.slice(2);
const { packageManager, engines } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);
const pnpm = packageManager.replace("pnpm@", "");

const command = ["pnpm", "run", script, ...args];
const fetched = ["npx", "--yes", "--package=node@24", `--package=${packageManager}`, "--", ...command];
const [program, ...rest] = nodeIsNewEnough() && pnpmFits() ? command : fetched;

const child = spawn(program, rest, { stdio: "inherit", cwd: new URL("..", import.meta.url) });
// The terminal sends Ctrl-C to the whole group; this process stays until its child has ended.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("error", (error) => {
  console.error(`${program} could not be started: ${error.message}`);
  process.exitCode = 1;
});
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});

function nodeIsNewEnough() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const [neededMajor, neededMinor] = engines.node.replace(">=", "").split(".").map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

function pnpmFits() {
  const { status, stdout } = spawnSync("pnpm", ["--version"], { encoding: "utf8" });
  return status === 0 && stdout.trim().split(".")[0] === pnpm.split(".")[0];
}
