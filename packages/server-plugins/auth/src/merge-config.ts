import type { AuthConfig } from "./auth-config.ts";

/** Lays one configuration over another, key by key. */
export function mergeConfig(own: AuthConfig, over: AuthConfig): AuthConfig {
  const given = withoutNothing(over);
  return {
    ...own,
    ...given,
    ...(own.jwks && given.jwks && { jwks: { ...own.jwks, ...withoutNothing(given.jwks) } }),
    ...(own.cookie && given.cookie && { cookie: { ...own.cookie, ...withoutNothing(given.cookie) } }),
  };
}

/** Without the entries that YAML left empty, which take nothing away. */
function withoutNothing<Entries extends object>(entries: Entries): Entries {
  const given = Object.entries(entries).filter(([, value]) => value !== undefined && value !== null);
  // What is required was not empty, and the rest may be missing.
  return Object.fromEntries(given) as Entries;
}
