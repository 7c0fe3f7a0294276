import type { Context } from "./context.ts";
import { encodeBody } from "../transport/encode-body.ts";
import { ClientError, isClientError, messageOf } from "../errors.ts";
import { httpError } from "./http-error.ts";
import { assertParams } from "./path.ts";
import { toQueryString } from "../transport/query-string.ts";
import { abortedError, identityError, refusalOf } from "./refusal.ts";
import { failedResponse, fetchedResponse, isFailure, serveEntry, type ClientResponse } from "./response.ts";
import type { TransportRequest } from "../transport/transport.ts";

/**
 * The innermost part of every chain: sends the request and tells how it went, and never throws. It may run more
 * than once for a request, and begins each time with what the request holds then.
 */
export function runCore(context: Context): Promise<ClientResponse> {
  const { request, runtime, queryKey } = context;
  const { signal, timeoutMs, shareKey } = request;
  const { state, sharedFetches } = runtime;
  // It is completed as what a plugin answers with is.
  if (context.known) return Promise.resolve(serveEntry(context.known) as ClientResponse);
  if (context.ticket) state.endFetch(queryKey, context.ticket);
  // What was fetched before an invalidation is out of date, and is not joined.
  const joined = sharedFetches.find(shareKey, state.generation, state.epochOf(queryKey));
  const ticket = state.beginFetch(queryKey, context.tags, context.order, joined?.origin);
  context.ticket = ticket;
  const refusal = refusalOf(context);
  if (refusal) return Promise.resolve(failedResponse(refusal));

  const mayLeave = signal !== undefined || timeoutMs !== undefined;
  const start = (own?: AbortSignal) => send(context, own);
  if (shareKey === undefined) return mayLeave ? settleEarly(context, start) : start();

  const shared = joined ?? sharedFetches.launch(shareKey, ticket, mayLeave, start);
  shared.waiting += 1;
  // Who starts it and stays to the end never gives up its place, and `send` marks its ticket.
  if (!joined && !mayLeave) return shared.promise;
  const answer = mayLeave ? settleEarly(context, () => shared.promise) : shared.promise;
  return answer.then((response) => {
    sharedFetches.leave(shared);
    if (!response.error) ticket.received = true;
    return response;
  });
}

/** Sends, and answers at once when the caller aborts or the time is up, whatever the transport makes of it. */
function settleEarly(
  context: Context,
  start: (signal: AbortSignal) => Promise<ClientResponse>,
): Promise<ClientResponse> {
  const { signal, timeoutMs } = context.request;
  return new Promise((resolve) => {
    const controller = new AbortController();
    const end = (response: ClientResponse) => {
      signal?.removeEventListener("abort", onAbort);
      cancelTimeout?.();
      context.runtime.waiting.delete(giveUp);
      resolve(response);
    };
    const giveUp = (error: ClientError) => {
      end(failedResponse(error));
      controller.abort(error);
    };
    const onAbort = () => giveUp(abortedError(context, signal!));
    const cancelTimeout =
      timeoutMs === undefined
        ? undefined
        : context.clock.schedule(() => giveUp(timeoutError(context)), timeoutMs);
    signal?.addEventListener("abort", onAbort, { once: true });
    context.runtime.waiting.add(giveUp);
    void start(controller.signal).then(end);
  });
}

async function send(context: Context, signal: AbortSignal | undefined): Promise<ClientResponse> {
  const { ticket } = context;
  try {
    const { headers } = context.runtime.config;
    const clientHeaders = typeof headers === "function" ? await callHeaders(headers, context) : headers;
    // The caller, or the user, may have left while the headers were on their way.
    signal?.throwIfAborted();
    if (!context.isCurrent) throw identityError(context);
    const {
      status,
      headers: received = {},
      data,
    } = await context.request.transport(toTransportRequest(context, clientHeaders, signal));
    if (!Number.isInteger(status)) throw new TypeError("the transport gave no status");
    const error = isFailure({ status }) ? httpError(context, status, received, data) : undefined;
    if (ticket && !error) ticket.received = true;
    return fetchedResponse(status, received, data, error);
  } catch (cause) {
    const message = `${context.queryKey} got no response: ${messageOf(cause)}`;
    return failedResponse(
      isClientError(cause) ? cause : new ClientError("NETWORK_ERROR", message, { cause }),
    );
  }
}

type HeaderSource = Readonly<Record<string, string | undefined>>;

async function callHeaders(get: () => unknown, { queryKey }: Context): Promise<HeaderSource> {
  try {
    const given: unknown = (await get()) ?? {};
    // A `Headers`, a map or a list of pairs has its names elsewhere.
    if (typeof given !== "object" || Symbol.iterator in given!)
      throw new TypeError("it gave no plain object");
    return given as HeaderSource;
  } catch (cause) {
    throw new ClientError("HEADERS_FAILED", `the headers failed for ${queryKey}: ${messageOf(cause)}`, {
      cause,
    });
  }
}

function toTransportRequest(
  { path, method, request, runtime }: Context,
  clientHeaders: HeaderSource | undefined,
  signal: AbortSignal | undefined,
): TransportRequest {
  const template = runtime.templateOf(path);
  assertParams(path, template, request.params);
  // Not the key's path: a plugin may have changed the params.
  const { path: filledPath } = template.fill(request.params);
  const query = request.query ? toQueryString(request.query) : "";
  const { body, contentType } = encodeBody(request.body);
  return {
    url: `${runtime.baseUrl}${filledPath}${query && `?${query}`}`,
    method,
    headers: mergeHeaders(contentType, clientHeaders, request.headers),
    body,
    signal,
    responseType: request.responseType,
  };
}

/** Later ones win, whatever the case of their names. A header that is set to `undefined` is not sent. */
function mergeHeaders(
  contentType: string | undefined,
  ...sources: readonly (HeaderSource | undefined)[]
): Record<string, string> {
  const merged: Record<string, string> = { accept: "application/json, */*;q=0.5" };
  if (contentType) merged["content-type"] = contentType;
  for (const source of sources) {
    for (const name in source) {
      const value = source[name];
      if (value === undefined) delete merged[name.toLowerCase()];
      else merged[name.toLowerCase()] = value;
    }
  }
  return merged;
}

function timeoutError({ queryKey, request }: Context): ClientError {
  return new ClientError("TIMEOUT", `${queryKey} got no response within ${request.timeoutMs} ms`);
}
