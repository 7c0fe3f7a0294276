import type { InvokeData } from "@x/server";

/** What is left of one key's points. */
export interface LimitState {
  /** How many points are left until then; 0 when there are none. */
  readonly remainingPoints: number;
  /** How long until there are points again, in milliseconds. */
  readonly msBeforeNext: number;
}

/** Counts the points of one limit. Every limiter of `rate-limiter-flexible` is one. */
export interface Limiter {
  /**
   * Takes a point from a key. It resolves while there was one, and rejects with a `LimitState` where there was none, or
   * with an `Error` where it cannot tell.
   */
  consume(key: string): Promise<LimitState>;
}

/** What a limiter is made from, in the words of `rate-limiter-flexible`. */
export interface LimiterOptions {
  /** Keeps the keys of this limit apart from those of others. */
  readonly keyPrefix: string;
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
  /** Seconds; 0 is none. */
  readonly blockDuration: number;
}

/** Makes the limiter of one limit, once, when the plugin is mounted. */
export type CreateLimiter = (options: LimiterOptions) => Limiter | PromiseLike<Limiter>;

/** Whose points a request takes. Without an answer it takes nobody's. */
export type GetKey = (
  data: InvokeData,
) => string | number | null | undefined | PromiseLike<string | number | null | undefined>;
