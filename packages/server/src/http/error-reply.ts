import type { HttpError } from "../errors.ts";
import { ERROR_HEADER } from "./contract-headers.ts";
import { ProblemError } from "./errors/problem-error.ts";
import { formatProblem } from "./errors/problem-format.ts";
import { toOpaqueProblem, toProblem, toTold } from "./errors/problem.ts";
import type { HttpReply } from "./http-reply.ts";
import { toByteLength } from "./reply/byte-length.ts";
import { createHeaders, isContentHeader, toHeaderName, toHeaderValue } from "./reply/header-rules.ts";

/**
 * Answers a failure as `application/problem+json`, or as a page or plain text where the client takes no JSON. An
 * `HttpError` says what it has to say; anything else is a 500 that tells `requestId` and nothing more.
 *
 * @param accept The request's `accept` header.
 * @param onFault Told of what an `HttpError` holds that cannot be sent: a header that is none, `errors` that are no JSON.
 */
export function toErrorReply(
  error: unknown,
  requestId: string,
  accept?: string,
  onFault: (fault: unknown) => void = ignore,
): HttpReply {
  const told = toTold(error);
  if (told)
    try {
      const { contentType, body } = formatProblem(toProblem(told), accept);
      return toReply(told.statusCode, contentType, body, toOwnHeaders(told, onFault));
    } catch (fault) {
      onFault(fault);
    }
  const { contentType, body } = formatProblem(toOpaqueProblem(requestId), accept);
  return toReply(500, contentType, body, createHeaders());
}

function toReply(
  status: number,
  contentType: string,
  body: string,
  headers: HttpReply["headers"],
): HttpReply {
  headers["content-type"] = contentType;
  headers["content-length"] = `${toByteLength(body)}`;
  if (!contentType.endsWith("json")) headers["x-content-type-options"] = "nosniff";
  return { status, headers, body };
}

/** What the error brings, except for what describes the body, which is not its own. */
function toOwnHeaders(error: HttpError, onFault: (fault: unknown) => void): HttpReply["headers"] {
  const own = createHeaders();
  for (const [name, value] of Object.entries(error.headers ?? {}))
    try {
      const key = toHeaderName(name);
      if (!isContentHeader(key) && key !== ERROR_HEADER) own[key] = toHeaderValue(key, value);
    } catch (fault) {
      onFault(fault);
    }
  if (error instanceof ProblemError && error.declaredCode !== undefined)
    own[ERROR_HEADER] = error.declaredCode;
  return own;
}

function ignore(): void {}
