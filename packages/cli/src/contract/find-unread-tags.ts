import type { ContractRoute } from "./contract-routes.ts";
import type { RouteTypes } from "./read-route.ts";

/** A tag that writes make stale and no read has. */
export interface UnreadTag {
  readonly tag: string;
  /** The paths that write it. */
  readonly paths: readonly string[];
  /** The tags of all reads. */
  readonly known: readonly string[];
}

/**
 * Tags that are written and never read, which are slips more often than not. Where a function gives the tags of some
 * read, nobody knows what is read, and none is told.
 */
export function findUnreadTags(routes: readonly (ContractRoute & RouteTypes)[]): UnreadTag[] {
  const read = new Set<string>();
  for (const { path, methods, reads } of routes) {
    if (reads === undefined) return [];
    // As clients do it, a read that says nothing is known by its path.
    for (const tag of reads.length > 0 || !methods["GET"] ? reads : [path]) read.add(tag);
  }
  const known = [...read].toSorted();
  const writers = new Map<string, string[]>();
  for (const { path, writes = [] } of routes)
    for (const tag of writes)
      if (!known.some((it) => matches(tag, it))) writers.set(tag, [...(writers.get(tag) ?? []), path]);
  return [...writers].map(([tag, paths]) => ({ tag, paths, known }));
}

/** Whether what is written can be what is read: a `:name` is any segment, and a `*` at the end whatever is below. */
function matches(written: string, read: string): boolean {
  if (written === "*") return true;
  const [pattern, segments] = [written.split("/"), read.split("/")];
  const isOpen = pattern.at(-1) === "*";
  if (isOpen ? segments.length < pattern.length : segments.length !== pattern.length) return false;
  const fixed = isOpen ? pattern.slice(0, -1) : pattern;
  return fixed.every((part, index) => part === segments[index] || isName(part) || isName(segments[index]!));
}

function isName(segment: string): boolean {
  return segment.startsWith(":");
}
