import type { Context } from "./context.ts";
import { ClientError } from "../errors.ts";
import { identityError } from "./refusal.ts";
import {
  failedResponse,
  isFetched,
  isResponse,
  servedFrom,
  toClientResponse,
  type ClientResponse,
  type PluginResponse,
} from "./response.ts";

/**
 * Ends a request: runs `afterResponse` of every plugin exactly once, writes state, and gives the response. It is
 * synchronous as long as every hook is.
 */
export function settle(context: Context, outcome: PluginResponse): ClientResponse | Promise<ClientResponse> {
  const origin = servedFrom(outcome);
  const fetched = context.ticket?.received || isFetched(outcome);
  const entry = origin ?? (fetched ? undefined : context.stateManager.getCache(context.queryKey));
  const unchanged = entry !== undefined && Object.is(outcome.data, entry.state.data);
  const served = unchanged || origin !== undefined;
  const outdated = entry !== undefined && context.runtime.state.viewsChanged(context.queryKey, context.order);
  // What a cache serves is what hooks have already made of it. They are to see what the chain produced when the data
  // was fetched, or they would compound.
  const response = toClientResponse(outcome, context.meta, unchanged ? entry.produced : outcome.data);
  return runHooks(context, response, 0, response.data, served, outdated);
}

/**
 * Runs the hooks from `index` on. `produced` is the data that the chain produced, whatever they do to the response.
 * `served` is whether that is data of the state, handed out by a request that has not fetched, and `outdated` whether it
 * may be what the entry showed a moment ago, before its views changed.
 */
function runHooks(
  context: Context,
  response: ClientResponse,
  index: number,
  produced: unknown,
  served: boolean,
  outdated: boolean,
): ClientResponse | Promise<ClientResponse> {
  const hooks = context.chain.afterResponse;
  // What one user has asked for is no answer to another, whatever asked goes on to do with it.
  let current = context.isCurrent || response.aborted ? response : failedResponse(identityError(context));
  for (let at = index; at < hooks.length; at += 1) {
    const { plugin, run } = hooks[at]!;
    try {
      const returned = run(context, current);
      if (isThenable(returned)) {
        return Promise.resolve(returned)
          .catch((cause: unknown) => reportThrow(context, plugin, cause))
          .then((value) =>
            runHooks(context, replaced(context, current, value), at + 1, produced, served, outdated),
          );
      }
      current = replaced(context, current, returned);
    } catch (cause) {
      reportThrow(context, plugin, cause);
    }
  }
  return finish(context, current, produced, served, outdated);
}

function finish(
  context: Context,
  response: ClientResponse,
  produced: unknown,
  served: boolean,
  outdated: boolean,
): ClientResponse {
  const { runtime, queryKey, meta } = context;
  const { state } = runtime;
  let complete = meta && response.meta !== meta ? { ...response, meta } : response;
  if (served && !complete.error) {
    // Who is served from the state gets what the state shows.
    const shown = state.show(queryKey, complete.data);
    if (!Object.is(shown, complete.data)) complete = { ...complete, data: shown };
  }

  context.owner?.answered(context.order, complete);
  if (!complete.error && context.storesData && !served && !outdated) {
    // What a plugin answered without the network is as old as the request.
    const { epoch, generation } = context;
    context.ticket ??= { ...state.beginFetch(queryKey, context.tags, context.order), epoch, generation };
    state.commit(queryKey, context.ticket, produced, complete.data, meta);
  }
  if (context.ticket) state.endFetch(queryKey, context.ticket);
  // An observer keeps its latest context, and is not to keep all invalidations since then with it.
  context.ticket = undefined;
  if (!context.owner?.mounted) context.cleanUp();
  return complete;
}

function replaced(context: Context, response: ClientResponse, returned: unknown): ClientResponse {
  return isResponse(returned) ? toClientResponse(returned, context.meta, returned.data) : response;
}

function reportThrow({ runtime, queryKey }: Context, plugin: string, cause: unknown): void {
  runtime.report(
    new ClientError("AFTER_RESPONSE_THREW", `afterResponse of "${plugin}" threw for ${queryKey}`, {
      plugin,
      cause,
    }),
  );
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}
