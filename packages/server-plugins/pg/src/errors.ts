import { HttpError, ServerError, type ServerErrorDetails } from "@x/server";

/** What goes wrong with a database. The README lists when each happens and how to mend it. */
export type PgErrorCode =
  // Opening it.
  | "DRIVER_NOT_FOUND"
  | "DATABASE_UNREACHABLE"
  | "DATABASE_IN_USE"
  // Working with it.
  | "NO_DATABASE"
  | "STATEMENT_TIMEOUT"
  | "COMMIT_FAILED"
  | "TRANSACTION_ENDED"
  | "CLIENT_MISUSED"
  // Migrations.
  | "INVALID_MIGRATION"
  | "MIGRATION_DRIFT"
  | "MIGRATION_FAILED";

/** What a client reads as `code`. */
export type PgHttpErrorCode =
  // 503
  "TRANSACTION_CONFLICT";

type PgErrorCodes = { readonly [Code in PgErrorCode]: true };

declare module "@x/server" {
  interface ServerErrorCodeRegistry extends PgErrorCodes {}
}

/** Makes an error with a code of this package. */
export function pgError(code: PgErrorCode, message: string, details?: ServerErrorDetails): ServerError {
  return new ServerError(code, message, details);
}

/** Two transactions were in each other's way, and this one has changed nothing. */
export function transactionConflict(cause: unknown): HttpError {
  const code: PgHttpErrorCode = "TRANSACTION_CONFLICT";
  const message = "another request changed the same data at the same time: send this one again";
  return new HttpError({ statusCode: 503, code, message, headers: { "retry-after": "1" }, cause });
}

/** The code that Postgres gave, such as `23505`. Both drivers have it in one place. */
export function sqlStateOf(thrown: unknown): string | undefined {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return undefined;
  return typeof thrown.code === "string" && /^[0-9A-Z]{5}$/.test(thrown.code) ? thrown.code : undefined;
}
