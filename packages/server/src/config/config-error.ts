import { type Fault, ServerError } from "../errors.ts";

/** One error for all faults of a configuration, one a line. */
export function toConfigError(faults: readonly Fault[], plugins: readonly string[] = []): ServerError {
  const count = faults.length === 1 ? "one fault" : `${faults.length} faults`;
  const lines = faults.map((fault) => `  ${describeFault(fault)}`);
  return new ServerError("INVALID_CONFIG", [`the configuration has ${count}`, ...lines].join("\n"), {
    faults,
    plugins,
  });
}

/** A fault on one line, its place first: `/app/faas.yaml:3:5 defaults.plugins.auth: …`. */
export function describeFault({ message, file, line, column, keyPath = [] }: Fault): string {
  const place = [file ?? "in code", line, column].filter((part) => part !== undefined).join(":");
  const keys = keyPath.join(".");
  return `${keys === "" ? place : `${place} ${keys}`}: ${message}`;
}
