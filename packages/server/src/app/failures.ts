import { HttpError, isServerError } from "../errors.ts";
import { createRequestId, isRequestId } from "../func/request-id.ts";
import { toErrorReply } from "../http/error-reply.ts";
import type { HttpReply } from "../http/http-reply.ts";
import type { HttpEvent } from "../types.ts";
import type { FailureLog } from "./failure-log.ts";

/** What clients are told that no function answers. Each error is made once: its stack is of no interest. */
const REFUSALS = {
  notFound: { statusCode: 404, message: "there is nothing at this address" },
  malformedUrl: { statusCode: 400, code: "INVALID_URL", message: "the URL is malformed" },
  notAllowed: { statusCode: 405, message: "this address answers GET alone", headers: { allow: "GET, HEAD" } },
  outOfTime: { statusCode: 503, code: "REQUEST_TIMEOUT", message: "the request took too long" },
  closing: { statusCode: 503, code: "CLOSING", message: "the server is closing" },
} as const;

/** A reason for which no function answers. */
export type Refusal = keyof typeof REFUSALS;

const errors = new Map<Refusal, HttpError>();

/** Answers what no function answers. */
export function toRefusal(refusal: Refusal, event: HttpEvent): HttpReply {
  const error = errors.get(refusal) ?? new HttpError(REFUSALS[refusal]);
  errors.set(refusal, error);
  // The client is told all there is to tell, so there is no id to look up.
  return toErrorReply(error, "", event.headers["accept"]);
}

/** Answers for something of ours that has failed, and logs it. */
export function toFailureReply(
  event: HttpEvent,
  error: unknown,
  log: FailureLog,
  fields: Readonly<Record<string, unknown>> = {},
): HttpReply {
  const requestId = requestIdOf(event);
  log.add(error, { ...fields, requestId });
  if (!passes(error)) return toErrorReply(new Error("opaque"), requestId, event.headers["accept"]);
  const unavailable = new HttpError({
    statusCode: 503,
    message: `not ready, try again later (${requestId})`,
    code: "NOT_READY",
    headers: { "retry-after": "1" },
  });
  return toErrorReply(unavailable, requestId, event.headers["accept"]);
}

/** Whether another attempt may well succeed: what plugins throw as they mount, and mounts that took too long. */
function passes(error: unknown): boolean {
  return !isServerError(error) || error.code === "MOUNT_TIMEOUT" || error.code === "FUNC_CLOSED";
}

function requestIdOf({ headers }: HttpEvent): string {
  const given = headers["x-request-id"];
  return isRequestId(given) ? given : createRequestId();
}
