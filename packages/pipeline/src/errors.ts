/** What went wrong, stable across releases. The README lists when each happens and how to mend it. */
export type PipelineErrorCode =
  | "INVALID_STEPS"
  | "NEXT_CALLED_MULTIPLE_TIMES"
  | "NEXT_CALLED_LATE"
  | "NEXT_NOT_AWAITED"
  | "INVALID_RESULT"
  | "INVALID_PLUGINS"
  | "INVALID_PLUGIN"
  | "DUPLICATE_PLUGIN"
  | "MISSING_DEPENDENCY"
  | "CIRCULAR_DEPENDENCY";

/**
 * A mistake in how steps or plugins were written or put together.
 *
 * It is a `TypeError`, as the Koa contract promises for arguments that are no functions. One class serves
 * every code, so that `isPipelineError` and a `switch` on `code` are all that a caller needs.
 */
export class PipelineError extends TypeError {
  override readonly name = "PipelineError";
  /** What went wrong. */
  readonly code: PipelineErrorCode;
  /** Names of every plugin or step that has a part in it, the culprit first. */
  readonly involved: readonly string[];

  constructor(
    code: PipelineErrorCode,
    message: string,
    involved: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.involved = involved;
  }
}

/** Tells a `PipelineError`, also one that another copy of this package threw. */
export function isPipelineError(value: unknown): value is PipelineError {
  return (
    value instanceof Error &&
    value.name === "PipelineError" &&
    "code" in value &&
    typeof value.code === "string"
  );
}
