import { HttpError } from "@x/server";
import type { RateLimitErrorCode } from "./errors.ts";

/** Too many requests, by RFC 6585, section 4. */
export function rateLimited(seconds: number, told: Readonly<Record<string, string>>): HttpError {
  const code: RateLimitErrorCode = "RATE_LIMITED";
  return new HttpError({
    statusCode: 429,
    code,
    message: `too many requests: try again in ${seconds} s`,
    headers: { ...told, "retry-after": String(seconds) },
  });
}

/** The store is down, and the configuration would rather refuse than not count. */
export function rateLimitUnavailable(cause: unknown): HttpError {
  const code: RateLimitErrorCode = "RATE_LIMIT_UNAVAILABLE";
  return new HttpError({ statusCode: 503, code, message: "requests cannot be counted just now", cause });
}
