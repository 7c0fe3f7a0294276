import { matchesTags } from "./tag-index.ts";

/** Patterns that were marked stale. Each knows the next, so that none is kept longer than a fetch looks back at it. */
export interface Invalidation {
  readonly patterns: readonly string[];
  next?: Invalidation;
}

/** Whether any of the tags was invalidated later than that. */
export function invalidatedSince({ next }: Invalidation, tags: readonly string[]): boolean {
  for (let later = next; later; later = later.next) if (matchesTags(later.patterns, tags)) return true;
  return false;
}
