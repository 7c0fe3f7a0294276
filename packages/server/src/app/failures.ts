import { HttpError, isServerError, messageOf } from "../errors.ts";
import { createRequestId, isRequestId } from "../func/request-id.ts";
import { toErrorReply } from "../http/error-reply.ts";
import type { HttpReply } from "../http/http-reply.ts";
import type { HttpEvent, Logger } from "../types.ts";

/** What clients are told of requests that no function answers. */
const REFUSALS = {
  notFound: { statusCode: 404, message: "there is nothing at this address" },
  malformedUrl: { statusCode: 400, code: "INVALID_URL", message: "the URL is malformed" },
  notAllowed: { statusCode: 405, message: "this address answers GET alone", headers: { allow: "GET, HEAD" } },
  outOfTime: { statusCode: 503, code: "REQUEST_TIMEOUT", message: "the request took too long" },
  closing: { statusCode: 503, code: "CLOSING", message: "the server is closing" },
} as const;

/** Answers and logs what goes wrong outside of functions. */
export class Failures {
  readonly #logger: Logger;
  /** Each is made once: its stack is of no interest, and costs more than all the rest of a refusal. */
  readonly #refusals = new Map<keyof typeof REFUSALS, HttpError>();
  readonly #logged = new WeakSet<object>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Answers what no function answers. The client is told all there is to tell. */
  refuse(event: HttpEvent, reason: keyof typeof REFUSALS): HttpReply {
    const error = this.#refusals.get(reason) ?? new HttpError(REFUSALS[reason]);
    this.#refusals.set(reason, error);
    return toErrorReply(error, "", event.headers["accept"]);
  }

  /** Answers for something of ours that has failed, and logs it with the id that the client is told. */
  reply(event: HttpEvent, error: unknown, fields: Readonly<Record<string, unknown>> = {}): HttpReply {
    const requestId = requestIdOf(event);
    this.log(error, { ...fields, requestId });
    const accept = event.headers["accept"];
    return toErrorReply(passes(error) ? notReady(requestId) : undefined, requestId, accept);
  }

  /**
   * Logs a failure, the first time in full, and by its message alone where it stands in the way of further requests.
   * `fields` say whose it is.
   */
  log(error: unknown, fields: Readonly<Record<string, unknown>> = {}): void {
    const isObject = typeof error === "object" && error !== null;
    const known = isObject && this.#logged.has(error);
    if (isObject) this.#logged.add(error);
    this.#logger.error(known ? fields : { ...fields, err: error }, messageOf(error));
  }
}

/** Whether another attempt may well succeed: what plugins throw as they mount, and mounts that took too long. */
function passes(error: unknown): boolean {
  return !isServerError(error) || error.code === "MOUNT_TIMEOUT" || error.code === "FUNC_CLOSED";
}

function notReady(requestId: string): HttpError {
  return new HttpError({
    statusCode: 503,
    message: `not ready, try again later (${requestId})`,
    code: "NOT_READY",
    headers: { "retry-after": "1" },
  });
}

function requestIdOf({ headers }: HttpEvent): string {
  const given = headers["x-request-id"];
  return isRequestId(given) ? given : createRequestId();
}
