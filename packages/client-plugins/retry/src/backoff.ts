import type { PluginResponse } from "@x/client";

/** Milliseconds before the first retry, or a function that gives them for each; `attempt` is 1 for the first. */
export type RetryDelay = number | ((attempt: number, response: PluginResponse) => number);

interface Failure {
  readonly response: PluginResponse;
  readonly attempt: number;
  readonly retryDelay: RetryDelay;
  readonly maxDelayMs: number;
  /** In milliseconds of the clock. */
  readonly now: number;
}

/** Creates what tells how many milliseconds to wait after a failure: what the server asks for, or exponentially long. */
export function createBackoff(): (failure: Failure) => number {
  /**
   * By error, so that requests that shared a fetch wait equally long and share the next one, too. They would
   * otherwise be more requests to a server that cannot cope with one.
   */
  const jitters = new WeakMap<object, number>();

  function jitterOf({ error }: PluginResponse): number {
    if (!(error instanceof Error)) return Math.random();
    const jitter = jitters.get(error) ?? Math.random();
    jitters.set(error, jitter);
    return jitter;
  }

  return ({ response, attempt, retryDelay, maxDelayMs, now }) => {
    const asked = retryAfterMs(response, now);
    if (asked !== undefined) return asked;
    if (typeof retryDelay === "function") return Math.min(retryDelay(attempt, response), maxDelayMs);
    const longest = Math.min(retryDelay * 2 ** (attempt - 1), maxDelayMs);
    // Half of it is certain, so that delays grow in spite of the jitter.
    return (longest / 2) * (1 + jitterOf(response));
  };
}

/** What `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date by the server's clock. */
function retryAfterMs({ headers = {} }: PluginResponse, now: number): number | undefined {
  const { "retry-after": value, date } = headers;
  if (value === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1_000;
  const until = Date.parse(value);
  if (Number.isNaN(until)) return undefined;
  // The date of the response is by the same clock; our own may be wrong.
  const sentAt = Date.parse(date ?? "");
  return Math.max(0, until - (Number.isNaN(sentAt) ? now : sentAt));
}
