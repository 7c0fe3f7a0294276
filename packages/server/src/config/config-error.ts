import { type Fault, ServerError } from "../errors.ts";

/** One error for all faults of a configuration, one a line. */
export function toConfigError(faults: readonly Fault[], plugins: readonly string[] = []): ServerError {
  const sorted = sortFaults(faults);
  const count = sorted.length === 1 ? "one fault" : `${sorted.length} faults`;
  const lines = sorted.map((fault) => `  ${describeFault(fault)}`);
  return new ServerError("INVALID_CONFIG", [`the configuration has ${count}`, ...lines].join("\n"), {
    faults: sorted,
    plugins,
  });
}

/** File by file in the order in which they are first named, from top to bottom, and code last. */
function sortFaults(faults: readonly Fault[]): readonly Fault[] {
  const files = [...new Set(faults.map(({ file }) => file))].filter((file) => file !== undefined);
  const rank = ({ file }: Fault) => (file === undefined ? files.length : files.indexOf(file));
  return faults.toSorted(
    (a, b) => rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}

/** A fault on one line, its place first: `/app/faas.yaml:3:5 defaults.plugins.auth: …`. */
export function describeFault({ message, file, line, column, keyPath = [] }: Fault): string {
  const place = [file ?? "in code", line, column].filter((part) => part !== undefined).join(":");
  const keys = keyPath.join(".");
  return `${keys === "" ? place : `${place} ${keys}`}: ${message}`;
}
