import { ClientError } from "../errors.ts";

/** @throws ClientError `INVALID_OPTION` where a function is needed and something else is given. */
export function assertFunctions(operation: string, options: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(options))
    if (typeof value !== "function") throw invalidOption(operation, name, "a function", value);
}

/** @throws ClientError `INVALID_OPTION` for what is no count of things: a whole number from 1 on, or `Infinity`. */
export function assertCount(operation: string, name: string, value: number): void {
  if (!(value >= 1 && (value === Infinity || Number.isInteger(value))))
    throw invalidOption(operation, name, "a whole number from 1 on", value);
}

export function invalidOption(operation: string, name: string, needed: string, given: unknown): ClientError {
  const is = typeof given === "number" ? String(given) : given === null ? "null" : typeof given;
  return new ClientError(
    "INVALID_OPTION",
    `the option "${name}" of ${operation} is to be ${needed}, and is ${is}`,
  );
}
