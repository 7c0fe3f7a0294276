/** What a client reads as `code` when it is refused. The README lists when each happens and how to mend it. */
export type AuthErrorCode =
  // 401
  | "NOT_AUTHENTICATED"
  | "TOKEN_INVALID"
  // 403
  | "ROLE_MISSING"
  | "CROSS_ORIGIN_TOKEN"
  // 503
  | "KEYS_UNAVAILABLE";
