import { isClientError, messageOf } from "../../errors.ts";

/**
 * Says that a promise of the contract is broken.
 *
 * @throws An `AssertionError`, which every test runner shows as a failed test.
 */
export function broken(wrong: string, mend: string, cause?: unknown): never {
  const error = new Error(`${wrong}: ${mend}`, cause === undefined ? undefined : { cause });
  error.name = "AssertionError";
  throw error;
}

/** A value in a sentence. */
export function show(value: unknown): string {
  if (isClientError(value)) return `${value.code} (${value.message})`;
  if (value instanceof Error) return `${value.name} (${messageOf(value)})`;
  return JSON.stringify(value) ?? String(value);
}
