import { isHttpError, messageOf } from "../../errors.ts";
import type { InvocationData } from "../../func/invocation-data.ts";
import { isThenable } from "../../func/to-step.ts";
import { toErrorReply } from "../error-reply.ts";
import { toTold } from "../errors/problem.ts";
import type { HttpReply } from "../http-reply.ts";
import { isUntouched, toExchange } from "../to-exchange.ts";
import { completeErrorReply } from "./complete-reply.ts";
import { discardValue } from "./discard-value.ts";

/** The reply to an invoke that has failed, which has been logged by then. */
export function toFailure(data: InvocationData, error: unknown): HttpReply | Promise<HttpReply> {
  const { requestId } = data.context;
  try {
    discardValue(data.response);
    const told = toTold(error);
    // A client's mistake by its class, it is not logged as a failure; by its status it is one.
    if (!told && isHttpError(error))
      data.logger.error(
        { err: error },
        `an HttpError has the status ${error.statusCode}, which is no error's`,
      );
    const isPlain = isUntouched(data);
    const exchange = toExchange(data);
    const accept = exchange.headers["accept"];
    const onFault = (fault: unknown): void => data.logger.error({ err: fault }, messageOf(fault));
    const reply = toErrorReply(error, requestId, accept, onFault);
    if (isPlain) return reply;
    const completed = completeErrorReply(reply, exchange, !told);
    if (!isThenable(completed)) return completed;
    return completed.catch((fault: unknown) => {
      onFault(fault);
      return toErrorReply(fault, requestId, accept);
    });
  } catch {
    return toErrorReply(undefined, requestId);
  }
}
