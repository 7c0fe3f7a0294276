import type { Core } from "@x/pipeline";
import type { Context } from "./context.ts";
import type { RequestContext } from "./context-types.ts";
import { runCore } from "./core.ts";
import { followSession } from "./follow-session.ts";
import { isClientError, type ClientError } from "../errors.ts";
import { abortedError, refusalOf } from "./refusal.ts";
import { failedResponse, type ClientResponse, type PluginResponse } from "./response.ts";
import { settle } from "./settle.ts";

// Chains are typed by what plugins see of a context. The core is only ever given the context that the chain was.
const core = runCore as Core<never, PluginResponse> as Core<RequestContext, PluginResponse>;

/** Runs a request through its chain and settles it, once. It never rejects. */
export function runRequest(context: Context): Promise<ClientResponse> {
  followSession(context);
  const refusal = refusalOf(context);
  const outcome = refusal ? failedResponse(refusal) : context.chain.run(context, core);
  // What a plugin has answered at once is settled at once: a cached read takes one promise, and no tick of its own.
  if (!(outcome instanceof Promise)) return Promise.resolve(settle(context, outcome));
  return outcome.then(
    (answer) => settle(context, answer),
    (error: ClientError) => settle(context, failedResponse(orAborted(context, error))),
  );
}

/** A plugin that stopped waiting because the caller's signal aborted threw what that gave it. */
function orAborted(context: Context, error: ClientError): ClientError {
  const { signal } = context;
  if (!signal?.aborted) return error;
  const { cause } = error;
  const isAbort = cause === signal.reason || (cause instanceof Error && cause.name === "AbortError");
  return isAbort || (isClientError(cause) && cause.code === "ABORTED")
    ? abortedError(context, signal)
    : error;
}
