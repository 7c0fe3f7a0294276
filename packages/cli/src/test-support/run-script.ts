import { spawn } from "node:child_process";

/** What the test runner and whoever started it have set, which is not for programs of another package. */
const FOREIGN = /^(npm_|pnpm_config_|vitest|node_(options|path|env)$|no_color$|force_color$|initial_cwd$)/i;

/** Runs a command in a folder, as its user would from a shell, and gives what it printed. It rejects where that fails. */
export async function runScript(folder: string, command: string, ...args: string[]): Promise<string> {
  const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const child = spawn(command, args, {
    cwd: folder,
    env: {
      ...Object.fromEntries(inherited),
      npm_config_update_notifier: "false",
      npm_config_offline: "true",
      // The pnpm at hand packs as it is, and installs nothing before.
      pnpm_config_verify_deps_before_run: "false",
      pnpm_config_pm_on_fail: "ignore",
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${code}:\n${output}`);
  return output;
}
