export type { RateLimitErrorCode } from "./errors.ts";
export type { LimitConfig, RateLimitConfig, RateLimitOptions } from "./rate-limit-config.ts";
export { RateLimitPlugin, RateLimitPlugin as default } from "./rate-limit-plugin.ts";
export type { CreateLimiter, GetKey, Limiter, LimiterOptions, LimitState } from "./types.ts";
