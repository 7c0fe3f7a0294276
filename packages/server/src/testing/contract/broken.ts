import { AssertionError } from "node:assert";
import { inspect } from "node:util";
import { messageOf } from "../../errors.ts";

/**
 * Says that a promise of the contract is broken.
 *
 * @throws AssertionError Which every test runner shows as a failed test.
 */
export function broken(wrong: string, mend: string, cause?: unknown): never {
  const error = new AssertionError({ message: `${wrong}: ${mend}`, stackStartFn: broken });
  // What lies underneath, where something was thrown.
  if (cause !== undefined) error.cause = cause;
  throw error;
}

/** A value in a sentence. */
export function show(value: unknown): string {
  if (value instanceof Error) return `${value.name} "${messageOf(value)}"`;
  if (typeof value === "string") return JSON.stringify(value);
  return inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY });
}
