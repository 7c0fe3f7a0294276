import type { ServerError } from "@x/server";
import { CliError } from "../errors.ts";
import { findPlace } from "./find-place.ts";
import type { Place } from "./place.ts";

/** Something that failed, as it is told: to people as a list, to machines as it is. */
export interface Failure {
  /** Stable text for programs, such as `INVALID_CONFIG`. */
  readonly code: string | undefined;
  /** What happened, on one line. */
  readonly message: string;
  readonly faults: readonly FailureFault[];
  /** Where it was thrown. People see it when they ask for it. */
  readonly stack: string | undefined;
}

/** One thing that is wrong, and where. */
export interface FailureFault extends Place {
  readonly message: string;
  /** The keys that lead to it, in configuration. */
  readonly keyPath?: readonly string[] | undefined;
}

/** What is told of whatever was thrown. `root` is where a place in a stack is looked for. */
export function describeFailure(thrown: unknown, root?: string): Failure {
  if (!(thrown instanceof Error))
    return { code: undefined, message: String(thrown), faults: [], stack: undefined };
  const { stack, message } = thrown;
  const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;
  const failure = { code, message: firstLine(message), stack };
  if (isServerError(thrown)) return { ...failure, ...describeServerError(thrown, root) };
  const place = thrown instanceof CliError ? undefined : findPlace(thrown, root);
  return { ...failure, message, faults: place ? [{ ...place, message }] : [] };
}

function describeServerError(
  error: ServerError,
  root: string | undefined,
): Partial<Failure> & Pick<Failure, "faults"> {
  const { cause, faults, message } = error;
  if (cause instanceof AggregateError) {
    // Each cause knows more than the fault that stands for it, but for where it belongs.
    const inner = cause.errors.map((each, index) =>
      toFaults(describeFailure(each, root), faults[index]?.file),
    );
    return { faults: unique(inner.flat()) };
  }
  const reason = cause instanceof Error ? cause.message : message;
  const place = findPlace(cause, root) ?? (faults.length > 0 ? undefined : findPlace(error, root));
  const thrownAt = place ? [{ ...place, message: reason }] : [];
  if (faults.length > 0) return { faults: unique([...faults.map(withoutPlace), ...thrownAt]) };
  if (!place) return { message, faults: [] };
  return { message: firstLine(message.replace(`: ${reason}`, "")), faults: thrownAt };
}

function toFaults({ message, faults }: Failure, file: string | undefined): readonly FailureFault[] {
  return faults.length > 0 ? faults : [{ message, file }];
}

/** A message that names its own place need not, beside that. */
function withoutPlace(fault: FailureFault): FailureFault {
  const { file, line, column, message } = fault;
  return { ...fault, message: message.replace(` (${[file, line, column].join(":")})`, "") };
}

/** A fault in one file may fail every function. */
function unique(faults: readonly FailureFault[]): readonly FailureFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

/** The project's copy of the server has a class of its own: its errors are known by what they hold. */
function isServerError(error: Error): error is ServerError {
  return error.name === "ServerError" && "code" in error && "faults" in error;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0]!.replace(/:$/, "");
}
