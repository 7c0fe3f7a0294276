// `npm run demo`: the order desk until Ctrl-C. With `--once`: the desk without a browser, then the tour of the plugins.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./workspace.ts";

const args = process.argv.slice(2);
const demos = args.includes("--once")
  ? ["orders/server/main.ts", "timeline/src/main.ts"]
  : ["orders/server/main.ts"];

// The terminal sends Ctrl-C to the whole group; this process stays until the demo has ended.
process.on("SIGINT", () => {});
for (const demo of demos) process.exitCode = (await play(demo)) || process.exitCode;

function play(demo: string): Promise<number> {
  const child = spawn(process.execPath, [join(ROOT, "examples", demo), ...args], { stdio: "inherit" });
  const stop = () => child.kill("SIGTERM");
  process.on("SIGTERM", stop);
  return new Promise((resolve) => {
    child.on("exit", (code) => {
      process.off("SIGTERM", stop);
      resolve(code ?? 1);
    });
  });
}
