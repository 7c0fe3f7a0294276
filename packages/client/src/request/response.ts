import { ClientError, isClientError } from "../errors.ts";
import type { CacheEntry } from "../state/state-types.ts";

/** What every response tells, whatever its outcome. */
export interface ResponseFacts<Meta> {
  /** The HTTP status; 0 when no response arrived. */
  readonly status: number;
  /** Header values by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** What plugins told through `setMeta`. */
  readonly meta: Meta;
}

/** A response whose status says success. */
export interface SuccessResponse<Data, Meta> extends ResponseFacts<Meta> {
  readonly data: Data;
  readonly error: undefined;
  readonly aborted: false;
}

/** A response whose status says failure, or a request that got no response. */
export interface FailureResponse<Failure, Meta> extends ResponseFacts<Meta> {
  readonly data: undefined;
  readonly error: Failure;
  /** Whether the caller's signal ended the request. */
  readonly aborted: boolean;
}

/** What a request resolves to. `if (error)` narrows it. */
export type ClientResponse<Data = unknown, Failure = ClientError, Meta = Readonly<Record<string, unknown>>> =
  SuccessResponse<Data, Meta> | FailureResponse<Failure, Meta>;

/**
 * What a middleware or an `afterResponse` may return: a response, or as much of one as it knows. The status
 * decides between success and failure; without a status it is the presence of an error.
 */
export interface PluginResponse {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly aborted?: boolean;
}

/** Marks data that the core fetched. It survives `{ ...response }`, so that a derived response is known as fetched. */
const FETCHED: unique symbol = Symbol("fetched");

/** Marks data that was in the state, with the entry that it is from. It survives `{ ...response }`, too. */
const SERVED: unique symbol = Symbol("served");

const NONE = Object.freeze({});

/** A response that came out of the core. */
export function fetchedResponse(
  status: number,
  headers: Readonly<Record<string, string>>,
  data: unknown,
  error: ClientError | undefined,
): ClientResponse {
  return {
    data: error ? undefined : data,
    error,
    status,
    headers,
    meta: NONE,
    aborted: error?.code === "ABORTED",
    [FETCHED]: !error,
  } as ClientResponse;
}

/** A request that got no response. */
export function failedResponse(error: ClientError): ClientResponse {
  return fetchedResponse(error.status ?? 0, NONE, undefined, error);
}

export function isFetched(response: PluginResponse & { readonly [FETCHED]?: boolean }): boolean {
  return response[FETCHED] === true;
}

/**
 * The response with which a plugin answers from the state. The client knows by it where the data is from, whatever
 * becomes of the entry while other plugins wait: hooks see what the chain produced when the data was fetched, and
 * nothing is stored.
 *
 * @example
 * ```ts
 * import { serveEntry, type ClientPlugin } from "@x/client";
 *
 * const offline: ClientPlugin = {
 *   name: "my-app:offline",
 *   operations: ["read"],
 *   middleware({ stateManager, queryKey }, next) {
 *     const entry = navigator.onLine ? undefined : stateManager.getCache(queryKey);
 *     return entry ? serveEntry(entry) : next();
 *   },
 * };
 * ```
 */
export function serveEntry(entry: CacheEntry): PluginResponse {
  const response: Served = { data: entry.state.data, status: 200, [SERVED]: entry };
  return response;
}

interface Served extends PluginResponse {
  readonly [SERVED]?: CacheEntry;
}

/** The entry that a response was served from. */
export function servedFrom(response: Served): CacheEntry | undefined {
  return response[SERVED];
}

/** Whether a plugin returned something that can be read as a response. */
export function isResponse(value: unknown): value is PluginResponse {
  return (
    typeof value === "object" && value !== null && ("data" in value || "status" in value || "error" in value)
  );
}

/** Completes what a plugin returned. `meta` is the request's own, and `data` stands in place of the response's. */
export function toClientResponse(
  response: PluginResponse,
  meta: Readonly<Record<string, unknown>> | undefined,
  data: unknown,
): ClientResponse {
  const error = errorOf(response, data);
  return {
    data: error ? undefined : data,
    error,
    status: response.status ?? (error ? (error.status ?? 0) : 200),
    headers: response.headers ?? NONE,
    meta: meta ?? NONE,
    aborted: error?.code === "ABORTED" || (error !== undefined && response.aborted === true),
  } as ClientResponse;
}

/**
 * Whether a response is a failure: by its status, never by its body. What has no status, as an early return may, is
 * a failure when it has an error. A middleware asks this of what `next()` gave it.
 */
export function isFailure({ error, status }: PluginResponse): boolean {
  if (error instanceof Error) return true;
  return status === undefined ? error !== undefined && error !== null : status < 200 || status >= 400;
}

function errorOf(response: PluginResponse, data: unknown): ClientError | undefined {
  const { error, status } = response;
  if (isClientError(error)) return error;
  if (!isFailure(response)) return undefined;
  const message =
    error instanceof Error ? error.message : `the request was answered with status ${status ?? 0}`;
  return new ClientError("HTTP_ERROR", message, { status, body: error ?? data, cause: error });
}
