import type { TokenClaims } from "./types.ts";

/** The roles at a place in the claims: a list of text, or one text with spaces between, as `scope` is. */
export function readRoles(claims: TokenClaims, path: readonly string[]): readonly string[] {
  let value: unknown = claims;
  for (const name of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return [];
    // Its own, as the line above has seen.
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  if (typeof value === "string") return value.split(" ").filter((role) => role !== "");
  return Array.isArray(value) ? value.filter((role) => typeof role === "string") : [];
}
