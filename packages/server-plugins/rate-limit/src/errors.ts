/** What a client reads as `code` when it is refused. The README lists when each happens and how to mend it. */
export type RateLimitErrorCode =
  // 429
  | "RATE_LIMITED"
  // 503
  | "RATE_LIMIT_UNAVAILABLE";
