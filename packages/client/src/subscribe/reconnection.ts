import type { ClientError } from "../errors.ts";
import type { ClientResponse } from "../request/response.ts";
import type { ReconnectOptions } from "./subscribe-types.ts";

const DEFAULT_DELAY_MS = 1_000;
const DEFAULT_MAX_DELAY_MS = 30_000;
/** The shortest wait that a server can ask for: none at all would have it stormed. */
const MIN_ASKED_DELAY_MS = 100;

/** Too slow, too early, too many, or a server that is not well: another time it may be otherwise. */
const PASSING_STATUSES = new Set([408, 425, 429, 500, 502, 503, 504]);
const PASSING_CODES = new Set(["CONNECTION_LOST", "NETWORK_ERROR", "TIMEOUT"]);

/** What is known when a connection is lost, or could not be opened. */
interface Failure {
  readonly error: ClientError;
  /** What refused it, if something did. */
  readonly response: ClientResponse | undefined;
  /** 1 for the first in a row. */
  readonly attempt: number;
  /** What the server has asked for, in milliseconds. */
  readonly askedDelayMs: number | undefined;
  /** In milliseconds of the clock. */
  readonly now: number;
}

/** How long a connection has to last to count as one that works, in milliseconds. */
export function stableAfterMs({ maxDelayMs = DEFAULT_MAX_DELAY_MS }: ReconnectOptions): number {
  return maxDelayMs;
}

/** Whether an error may have passed by the time that another connection is opened. */
function isWorthReconnecting({ code, status = 0 }: ClientError): boolean {
  return PASSING_CODES.has(code) || (code === "HTTP_ERROR" && PASSING_STATUSES.has(status));
}

/** How many milliseconds to wait before the next connection; `undefined` when there is to be none. */
export function reconnectDelay(
  {
    retries = Infinity,
    delayMs = DEFAULT_DELAY_MS,
    maxDelayMs = DEFAULT_MAX_DELAY_MS,
    ...rest
  }: ReconnectOptions,
  { error, response, attempt, askedDelayMs, now }: Failure,
): number | undefined {
  const { shouldReconnect = isWorthReconnecting } = rest;
  if (attempt > retries || !shouldReconnect(error, attempt)) return undefined;
  const first = askedDelayMs === undefined ? delayMs : Math.max(askedDelayMs, MIN_ASKED_DELAY_MS);
  const longest = Math.min(first * 2 ** (attempt - 1), Math.max(maxDelayMs, first));
  // Half of it is certain, so that delays grow in spite of the jitter.
  const own = (longest / 2) * (1 + Math.random());
  return Math.max(own, retryAfterMs(response, now));
}

/** What `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date. */
function retryAfterMs(response: ClientResponse | undefined, now: number): number {
  const value = response?.headers["retry-after"] ?? "";
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? 0 : ms;
}
