import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";

const run = promisify(execFile);

/** The file of `createApp`, for scripts that a process of their own runs. */
export const CREATE_APP = fileURLToPath(new URL("../create-app.ts", import.meta.url));

/** Runs a script in a process of its own, where nothing but Node loads modules, and gives what it prints as JSON. */
export async function runInNode(script: string, ...args: readonly string[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, [script, ...args], { timeout: 30_000 });
  return JSON.parse(stdout);
}
