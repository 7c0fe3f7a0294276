import type { PgConfig } from "./pg-config.ts";

/** Lays one configuration over another, key by key. */
export function mergeConfig(own: PgConfig, over: PgConfig): PgConfig {
  const given = withoutNothing(over);
  return { ...own, ...given, ...(given.pool && { pool: { ...own.pool, ...withoutNothing(given.pool) } }) };
}

/** Without the entries that YAML left empty, which take nothing away. */
function withoutNothing<Entries extends object>(entries: Entries): Entries {
  const given = Object.entries(entries).filter(([, value]) => value !== undefined && value !== null);
  // All of these entries may be missing.
  return Object.fromEntries(given) as Entries;
}
