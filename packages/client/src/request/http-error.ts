import { ClientError, REQUEST_CODES, type ClientErrorCode } from "../errors.ts";
import type { Context } from "./context.ts";

/** What is read of the body of a failure, which may be anything. */
interface Problem {
  readonly detail?: unknown;
  readonly code?: unknown;
  readonly data?: unknown;
}

/**
 * Tells what a failed response says: the error that the API has declared, if a header names it and the body is of it,
 * and otherwise `HTTP_ERROR`.
 */
export function httpError(
  { queryKey }: Context,
  status: number,
  { "api-error": name }: Readonly<Record<string, string>>,
  body: unknown,
): ClientError {
  const { detail, code, data } = (body ?? {}) as Problem;
  const declared =
    name === code && /^[A-Z][A-Z0-9_]*$/.test(name!) && !(REQUEST_CODES as readonly unknown[]).includes(name);
  return new ClientError(
    // Which codes an API declares is known to its type alone.
    declared ? (name as ClientErrorCode) : "HTTP_ERROR",
    `${queryKey} was answered with status ${status}${typeof detail === "string" ? `: ${detail}` : ""}`,
    { status, body, data: declared ? data : undefined },
  );
}
