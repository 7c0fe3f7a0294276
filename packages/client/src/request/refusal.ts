import type { Context } from "./context.ts";
import { ClientError } from "../errors.ts";

/** Why a request is not to be sent, or not any more. */
export function refusalOf(context: Context): ClientError | undefined {
  const { runtime, signal } = context;
  if (runtime.disposed) return disposedError();
  return signal?.aborted ? abortedError(context, signal) : undefined;
}

export function disposedError(): ClientError {
  return new ClientError("CLIENT_DISPOSED", "the client was disposed: make a new one");
}

export function identityError({ queryKey }: Pick<Context, "queryKey">): ClientError {
  return new ClientError("IDENTITY_CHANGED", `${queryKey} was dropped: somebody else is signed in`);
}

/** Why a request ends whose signal has aborted. */
export function abortedError(context: Context, { reason }: AbortSignal): ClientError {
  const { session, queryKey } = context;
  // By what the signal says: the caller may have aborted before the session was over.
  return reason === session.controller?.signal.reason
    ? identityError(context)
    : new ClientError("ABORTED", `${queryKey} was aborted by its caller`, { cause: reason });
}
