import { HttpError, type HttpErrorOptions } from "../../errors.ts";

/** What a `ProblemError` says beside what any `HttpError` does. */
export interface ProblemDetails {
  /** Further members of the body. */
  readonly members: Readonly<Record<string, unknown>>;
  /** The code under which the API has declared it. */
  readonly declaredCode?: string | undefined;
}

/** A failure as the framework itself tells it, whose body and headers may say what a handler's may not. */
export class ProblemError extends HttpError {
  readonly members: Readonly<Record<string, unknown>>;
  readonly declaredCode: string | undefined;

  constructor(options: HttpErrorOptions, { members, declaredCode }: ProblemDetails) {
    super(options);
    this.members = members;
    this.declaredCode = declaredCode;
  }
}
