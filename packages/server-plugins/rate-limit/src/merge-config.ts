import type { LimitConfig, RateLimitConfig } from "./rate-limit-config.ts";

/** Lays one configuration over another, key by key and limit by limit. */
export function mergeConfig(own: RateLimitConfig, over: RateLimitConfig): RateLimitConfig {
  const given = withoutNothing(over);
  const limits: Record<string, LimitConfig> = { ...own.limits };
  for (const [name, limit] of Object.entries(given.limits ?? {}))
    // An empty entry of YAML is `null`.
    limits[name] = { ...limits[name], ...withoutNothing(limit ?? {}) };
  return { ...own, ...given, limits };
}

/** Without the entries that YAML left empty, which take nothing away. */
function withoutNothing<Entries extends object>(entries: Entries): Entries {
  const given = Object.entries(entries).filter(([, value]) => value !== undefined && value !== null);
  // All of these entries may be missing.
  return Object.fromEntries(given) as Entries;
}
