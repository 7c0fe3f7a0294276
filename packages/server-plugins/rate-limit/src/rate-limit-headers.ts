import type { LimitSettings } from "./rate-limit-settings.ts";
import type { LimitState } from "./types.ts";

/**
 * A limit as `RateLimit-Policy` tells it: a string of RFC 9651 with its quota and its window in seconds. By
 * draft-ietf-httpapi-ratelimit-headers, since its revision 08.
 */
export function toPolicyItem({ name, points, durationSeconds }: LimitSettings): string {
  return `"${name}";q=${points};w=${durationSeconds}`;
}

/** What is left of a limit as `RateLimit` tells it, with the seconds until there is more. */
export function toLimitItem({ name }: LimitSettings, state: LimitState): string {
  return `"${name}";r=${Math.max(0, state.remainingPoints)};t=${toSeconds(state)}`;
}

/** Rounded up: whoever comes back then is not too early. */
export function toSeconds({ msBeforeNext }: LimitState): number {
  return Math.max(0, Math.ceil(msBeforeNext / 1000));
}
