import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** How a command ended. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables of one run. What decides on colours is not inherited. */
export type Variables = Readonly<Record<string, string | undefined>>;

const BIN = fileURLToPath(new URL("../bin.ts", import.meta.url));

/** Runs the program in a process of its own, in `folder`, and waits for its end. */
export async function runCli(
  folder: string,
  args: readonly string[],
  env: Variables = {},
): Promise<CliResult> {
  const child = spawnCli(folder, args, env);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { code, stdout: stdout(), stderr: stderr() };
}

/** A command that goes on until it is stopped. */
export interface RunningCli {
  readonly child: ChildProcessWithoutNullStreams;
  /** All that it has printed, in the order in which it came. */
  output(): string;
  /** What it has printed on the standard output. */
  stdout(): string;
  /** Waits until what it has printed since `from` matches. */
  printed(pattern: RegExp, from?: number): Promise<RegExpExecArray>;
  /** Asks it to stop, and waits for that. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the program and leaves it running. It is stopped with the test. */
export function startCli(folder: string, args: readonly string[], env: Variables = {}): RunningCli {
  const child = spawnCli(folder, args, env);
  const stdout = collect(child.stdout);
  const output = collect(child.stdout, child.stderr);
  let wake = () => {};
  for (const stream of [child.stdout, child.stderr]) stream.on("data", () => wake());
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", (code) => {
      resolve(code);
      wake();
    });
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    child,
    output,
    stdout,
    async printed(pattern, from = 0) {
      for (;;) {
        const match = pattern.exec(output().slice(from));
        if (match) return match;
        if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}:\n${output()}`);
        // What a process prints comes in pieces: the next one may complete it.
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    stop(signal = "SIGTERM") {
      child.kill(signal);
      return ended;
    },
  };
}

function spawnCli(folder: string, args: readonly string[], env: Variables): ChildProcessWithoutNullStreams {
  const { NO_COLOR: _no, FORCE_COLOR: _force, PORT: _port, NODE_OPTIONS: _node, ...inherited } = process.env;
  return spawn(process.execPath, ["--disable-warning=ExperimentalWarning", BIN, ...args], {
    cwd: folder,
    env: { ...inherited, ...env },
  });
}

/** Gives what streams have brought so far, in the order in which it came. */
function collect(...streams: readonly NodeJS.ReadableStream[]): () => string {
  let text = "";
  for (const stream of streams) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => (text += chunk));
  }
  return () => text;
}
