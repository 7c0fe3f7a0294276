import { describeFailure, type Failure } from "./describe-failure.ts";
import { toShownPlace, withShownPaths } from "./place.ts";
import type { Terminal } from "./terminal.ts";
import { wrap } from "./wrap.ts";

/** Tells people what failed: the message, then each fault with its place, one a line. */
export function tellFailure(terminal: Terminal, failure: Failure): void {
  const { faults, stack } = failure;
  const label = terminal.paintNote(["red", "bold"], "error");
  const text = withShownPaths(toHeading(failure));
  const [first = "", ...rest] = wrap(text, terminal.width - 6);
  terminal.note([`${label} ${first}`, ...rest.map((line) => `      ${line}`)].join("\n"));
  for (const fault of faults) {
    const keys = fault.keyPath?.length ? `${fault.keyPath.join(".")}: ` : "";
    const place = fault.file === undefined ? "" : `${toShownPlace(fault)} `;
    for (const line of toFaultLines(place, keys + withShownPaths(fault.message), terminal))
      terminal.note(line);
  }
  if (terminal.verbose && stack !== undefined) terminal.note(terminal.paintNote("dim", stack));
}

/** Tells several failures, each once: a fault in one file may fail every function. */
export function tellFailures(thrown: readonly unknown[], root: string, terminal: Terminal): void {
  const failures = thrown.map((it) => describeFailure(it, root));
  const unique = new Map(
    failures.map((failure) => [JSON.stringify({ ...failure, stack: undefined }), failure]),
  );
  for (const failure of unique.values()) tellFailure(terminal, failure);
}

/** The place and the message on one line where they fit, else the message below it. */
function toFaultLines(place: string, message: string, terminal: Terminal): string[] {
  const painted = terminal.paintNote("cyan", place);
  if (2 + place.length + message.length <= terminal.width && !message.includes("\n"))
    return [`  ${painted}${message}`];
  const lines = wrap(message, terminal.width, "    ");
  return place === "" ? lines.map((line) => line.slice(2)) : [`  ${painted.trimEnd()}`, ...lines];
}

/** What a single fault says need not be said twice. */
function toHeading({ code, message, faults }: Failure): string {
  if (code === undefined) return message;
  const [fault, ...others] = faults;
  return others.length === 0 && fault?.message.startsWith(message) ? code : `${message} (${code})`;
}
