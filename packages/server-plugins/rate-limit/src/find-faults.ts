import { type ConfigIssue, findConfigIssues } from "@x/server";
import type { LimitConfig, RateLimitConfig, RateLimitOptions } from "./rate-limit-config.ts";
import { RATE_LIMIT_SHAPE } from "./rate-limit-schema.ts";

/** Names go into the text of headers and the keys of stores. */
const LIMIT_NAME = /^[A-Za-z][\w.-]{0,63}$/;
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_PREFIX = "header:";
/** A longer timer of Node and of browsers ends at once. */
const LONGEST_TIMER_SECONDS = 2_147_483;

/** Everything that is wrong with a configuration once code and YAML have come together. */
export function findFaults(
  config: RateLimitConfig,
  { createLimiter, keys = {} }: Pick<RateLimitOptions, "createLimiter" | "keys">,
): ConfigIssue[] {
  const issues = findConfigIssues(RATE_LIMIT_SHAPE, config);
  // What is of the wrong type cannot be looked at any closer.
  if (issues.length > 0) return issues;
  const limits = Object.entries(config.limits ?? {});
  if (limits.length === 0) issues.push({ path: ["limits"], message: "holds no limit" });
  for (const [name, limit] of limits)
    for (const { path, message } of findLimitFaults(name, limit ?? {}, createLimiter === undefined, keys))
      issues.push({ path: ["limits", name, ...path], message });
  if (config.addressHeader && !HEADER_NAME.test(config.addressHeader))
    issues.push({ path: ["addressHeader"], message: "is no name of a header" });
  return issues;
}

function findLimitFaults(
  name: string,
  { points, durationSeconds, blockDurationSeconds, by = "ip" }: LimitConfig,
  isInMemory: boolean,
  keys: NonNullable<RateLimitOptions["keys"]>,
): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  const add = (message: string, ...path: string[]) => issues.push({ path, message });
  if (!LIMIT_NAME.test(name))
    add("must be named by a letter, then letters, digits, dots, _ and -, 64 at most");
  if (!points) add("is needed", "points");
  if (!durationSeconds) add("is needed", "durationSeconds");
  for (const [key, value] of Object.entries({ durationSeconds, blockDurationSeconds }))
    if (isInMemory && (value ?? 0) > LONGEST_TIMER_SECONDS)
      add(`can be ${LONGEST_TIMER_SECONDS} at most in memory: give createLimiter a store`, key);
  if (by !== null && !isKnown(by, keys))
    add(`must be ${["ip", "user", "header:<name>", ...Object.keys(keys)].join(" or ")}`, "by");
  return issues;
}

function isKnown(by: string, keys: NonNullable<RateLimitOptions["keys"]>): boolean {
  if (by === "ip" || by === "user" || Object.hasOwn(keys, by)) return true;
  return by.startsWith(HEADER_PREFIX) && HEADER_NAME.test(by.slice(HEADER_PREFIX.length));
}
