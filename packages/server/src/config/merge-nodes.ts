import type { ConfigNode, MapNode } from "./config-node.ts";

/**
 * Lays one configuration over another: maps merge key by key at any depth, everything else replaces, and what is
 * replaced is remembered. Neither argument changes.
 */
export function mergeNodes(under: ConfigNode, over: ConfigNode): ConfigNode {
  if (under.kind === "map" && over.kind === "map") return mergeMaps(under, over);
  return { ...over, overrode: [...over.overrode, under, ...under.overrode] };
}

/** As `mergeNodes`, for two maps. Keys keep the place at which they first stood. */
export function mergeMaps(under: MapNode, over: MapNode): MapNode {
  const entries = new Map(under.entries);
  for (const [key, node] of over.entries) {
    const known = entries.get(key);
    entries.set(key, known ? mergeNodes(known, node) : node);
  }
  return { ...over, entries, overrode: [...over.overrode, ...under.overrode] };
}
