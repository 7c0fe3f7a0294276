import { messageOf } from "../../errors.ts";
import type { InvocationData } from "../../func/invocation-data.ts";
import { isThenable } from "../../func/to-step.ts";
import type { HttpReply } from "../http-reply.ts";
import { isUntouched, toExchange } from "../to-exchange.ts";
import { completeReply } from "./complete-reply.ts";
import { isPlainJson } from "./to-content.ts";
import { toFailure } from "./to-failure.ts";
import { toJsonReply, toReply } from "./to-reply.ts";

/** The reply to an invoke that has ended well. Where none can be made of its value, it is logged and a failure. */
export function toSuccess(data: InvocationData, value: unknown): HttpReply | Promise<HttpReply> {
  try {
    if (isPlainJson(value) && isUntouched(data)) return toJsonReply(value);
    const exchange = toExchange(data);
    const onStreamFailure = (error: unknown): void => logStreamFailure(data, error);
    const reply = completeReply(toReply(value, exchange.draft, onStreamFailure), exchange);
    return isThenable(reply) ? reply.catch((error: unknown) => fail(data, error)) : reply;
  } catch (error) {
    return fail(data, error);
  }
}

function fail(data: InvocationData, error: unknown): HttpReply | Promise<HttpReply> {
  data.logger.error({ err: error }, messageOf(error));
  return toFailure(data, error);
}

function logStreamFailure({ logger, signal }: InvocationData, error: unknown): void {
  // Sources end with an error too when they are told that the client is gone.
  if (signal.aborted) logger.debug({ err: error }, "the reply's stream was aborted");
  else logger.error({ err: error }, "the reply's stream failed");
}
