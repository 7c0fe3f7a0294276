import { readBody } from "./read-body.ts";
import type { Transport, TransportRequest, TransportResponse } from "./transport.ts";

/** Anything that answers a `Request` the way `fetch` does: a platform's `fetch`, a server's handler. */
export type FetchLike = (request: Request) => Response | Promise<Response>;

/** Options of `fetchTransport`. */
export interface FetchTransportOptions {
  /** Default: the platform's `fetch`, looked up at each request, so that it can be replaced. */
  readonly fetch?: typeof globalThis.fetch;
  /** Passed on to `fetch` as it is. */
  // Node's types have no global `RequestCredentials`.
  readonly credentials?: NonNullable<RequestInit["credentials"]>;
  /** How many bytes of a body to accept before failing with `RESPONSE_TOO_LARGE`. Default: no limit. */
  readonly maxResponseBytes?: number;
}

/** Sends requests by `fetch`. */
export function fetchTransport(options: FetchTransportOptions = {}): Transport {
  const { credentials } = options;
  const own = credentials && { credentials };
  return async (request) => {
    const send = options.fetch ?? fetch;
    const response = await send(request.url, toRequestInit(request, { ...request.fetchInit, ...own }));
    return toAnswer(response, await readBody(response, request.responseType, options.maxResponseBytes));
  };
}

/**
 * Hands requests to a handler in the same process: tests and server rendering need no port.
 *
 * @example
 * ```ts
 * import { createClient, inProcessTransport } from "@x/client";
 *
 * const client = createClient({ transport: inProcessTransport(() => Response.json({ ok: true })) });
 * const { data } = await client.get("health");
 * ```
 */
export function inProcessTransport(
  handler: FetchLike,
  options: Pick<FetchTransportOptions, "maxResponseBytes"> = {},
): Transport {
  return async (request) => {
    const url = new URL(request.url, "http://in-process.invalid/");
    const response = await handler(new Request(url, toRequestInit(request, {})));
    return toAnswer(response, await readBody(response, request.responseType, options.maxResponseBytes));
  };
}

/** Completes what is there: made anew for each request, and cheaper than many small objects put together. */
function toRequestInit(
  { method, headers, body, signal }: TransportRequest,
  init: RequestInit & { duplex?: "half" },
): RequestInit {
  init.method = method;
  init.headers = headers as Record<string, string>;
  if (body !== undefined) init.body = body;
  if (signal) init.signal = signal;
  // A stream can only be sent half-duplex, and only when the caller says so.
  if (body instanceof ReadableStream) init.duplex = "half";
  return init;
}

function toAnswer({ status, headers }: Response, data: unknown): TransportResponse {
  return { status, headers: Object.fromEntries(headers), data };
}
