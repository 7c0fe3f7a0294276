/** What went wrong before a project could be looked at. The README lists when each happens and how to mend it. */
export type CliErrorCode =
  | "ROOT_NOT_FOUND"
  | "SERVER_NOT_FOUND"
  | "SERVER_TOO_OLD"
  | "NO_APIS"
  | "UNKNOWN_ROUTE"
  | "NO_MIGRATIONS"
  | "NO_JOBS"
  | "INVALID_USAGE"
  | "WRITE_FAILED"
  | "TARGET_EXISTS";

/** What the command line was asked for and cannot do. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
