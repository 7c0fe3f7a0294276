import type { ClientCase } from "./client-case.ts";

/** Why a client without a cache has no part in a case; `undefined` where it has one. */
export function leavesOutCaches({ kind }: ClientCase): string | undefined {
  if (kind === "uncached") return undefined;
  return kind === "concurrent" ? "shares no requests: each read would fetch" : "keeps no responses";
}
