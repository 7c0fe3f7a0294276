import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import { clientEnvironment } from "./client-environment.ts";
import { COMMANDS_FOLDER, type Rehearsal } from "./rehearsal.ts";

/**
 * Runs a command in `cwd`, away from the user's configuration.
 *
 * @returns What it wrote to standard output.
 * @throws Error with the command and all it wrote, when it exits with another code than 0.
 */
export async function runCommand(rehearsal: Rehearsal, cwd: string, ...command: string[]): Promise<string> {
  const [program, ...args] = command;
  const child = spawn(program!, args, {
    cwd,
    env: clientEnvironment(rehearsal),
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own: package managers start processes, which must end with them.
    detached: true,
  });
  const closed = once(child, "close");
  // Whatever happens to this process, the registry's finds the note and ends the group.
  const note = join(rehearsal.folder, COMMANDS_FOLDER, String(child.pid));
  if (child.pid) writeFileSync(note, "");
  const [[code], output, complaints] = await Promise.all([closed, text(child.stdout), text(child.stderr)]);
  rmSync(note, { force: true });
  if (code !== 0) {
    const said = stripVTControlCharacters(`${output}${complaints}`);
    throw new Error(`\`${command.join(" ")}\` in ${cwd} exited with code ${String(code)}:\n${said}`);
  }
  return output;
}
