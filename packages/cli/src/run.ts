import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, CommanderError } from "commander";
import type { CommonOptions } from "./command-context.ts";
import { CliError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { describeFailure } from "./output/describe-failure.ts";
import { tellFailure } from "./output/tell-failure.ts";
import { Terminal } from "./output/terminal.ts";
import { createProgram } from "./program.ts";

/** Runs one command line and tells how the process ends. It never rejects. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const json = args.includes("--json");
  const color = !args.includes("--no-color");
  const terminal = new Terminal({ json, color, verbose: args.includes("--verbose") });
  let code: ExitCode = EXIT.ok;
  const program = createProgram(terminal, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    return fail(error, terminal, toRoot(program));
  }
}

function fail(error: unknown, terminal: Terminal, root: string): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok;
    // The parser has told people already.
    const message = error.message.replace(/^error: /, "");
    terminal.document({ ok: false, error: { code: "INVALID_USAGE", message, faults: [] } });
    return EXIT.usage;
  }
  const failure = describeFailure(error, root);
  const { code, message, faults } = failure;
  terminal.document({ ok: false, error: { code, message, faults } });
  tellFailure(terminal, failure);
  return error instanceof CliError && error.code === "INVALID_USAGE" ? EXIT.usage : EXIT.failed;
}

/** Below which folder a failure has a place that says something. */
function toRoot(program: Command): string {
  const root = resolve(program.opts<CommonOptions>().root ?? ".");
  return existsSync(root) ? realpathSync(root) : root;
}
