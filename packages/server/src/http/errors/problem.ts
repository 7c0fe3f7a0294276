import { type HttpError, isHttpError } from "../../errors.ts";
import { ProblemError } from "./problem-error.ts";
import { toStatusText } from "./status-text.ts";

/** The body of an error, as RFC 9457 has it. */
export interface Problem {
  readonly type: "about:blank";
  /** The standard text of the status. */
  readonly title: string;
  readonly status: number;
  /** The message of an `HttpError`. */
  readonly detail?: string | undefined;
  readonly code?: string | undefined;
  readonly errors?: readonly unknown[] | undefined;
  /** What an error that the API has declared carries. */
  readonly data?: unknown;
  /** What the API takes and gives, where the client had thought otherwise. */
  readonly contract?: unknown;
  /** By which the log knows a failure that tells nothing else. */
  readonly id?: string | undefined;
}

/** The failure, where it is one that the client may read. One whose status is no error's is not. */
export function toTold(error: unknown): HttpError | undefined {
  if (!isHttpError(error)) return undefined;
  const { statusCode } = error;
  return Number.isInteger(statusCode) && statusCode >= 400 && statusCode <= 599 ? error : undefined;
}

/** What an `HttpError` tells the client. */
export function toProblem(error: HttpError): Problem {
  const { statusCode, message, code, errors } = error;
  return {
    type: "about:blank",
    title: toStatusText(statusCode),
    status: statusCode,
    detail: message,
    code,
    errors,
    ...(error instanceof ProblemError && error.members),
  };
}

/** What the client learns of any other failure. */
export function toOpaqueProblem(id: string): Problem {
  return { type: "about:blank", title: toStatusText(500), status: 500, id };
}
