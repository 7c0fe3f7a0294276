/**
 * Finds keys by tag patterns without looking at any other key. A key with the tag `posts/1/comments` is found by
 * `posts/1/comments`, `posts/1/*` and `posts/*`, and by no `posts`; every key, even one without tags, by `*`.
 */
export interface TagIndex {
  add(key: string, tags: readonly string[]): void;
  remove(key: string, tags: readonly string[]): void;
  /** The keys that any of the patterns matches, each once. */
  find(patterns: readonly string[]): Set<string>;
  clear(): void;
}

export function createTagIndex(): TagIndex {
  const keysByPattern = new Map<string, Set<string>>();
  return {
    add(key, tags) {
      eachPattern(tags, (pattern) => {
        const keys = keysByPattern.get(pattern);
        if (keys) keys.add(key);
        else keysByPattern.set(pattern, new Set([key]));
      });
    },
    remove(key, tags) {
      eachPattern(tags, (pattern) => {
        const keys = keysByPattern.get(pattern);
        keys?.delete(key);
        if (keys?.size === 0) keysByPattern.delete(pattern);
      });
    },
    find(patterns) {
      const found = new Set<string>();
      for (const pattern of patterns) for (const key of keysByPattern.get(pattern) ?? []) found.add(key);
      return found;
    },
    clear: () => keysByPattern.clear(),
  };
}

/** Whether any of the patterns matches any of the tags. */
export function matchesTags(patterns: string | readonly string[], tags: readonly string[]): boolean {
  const matching = new Set<string>();
  eachPattern(tags, (pattern) => matching.add(pattern));
  return [patterns].flat().some((pattern) => matching.has(pattern));
}

/** The patterns that match any of the tags: everything, each tag itself, and what is below each of its ancestors. */
function eachPattern(tags: readonly string[], visit: (pattern: string) => void): void {
  visit("*");
  for (const tag of tags) {
    visit(tag);
    for (let end = tag.lastIndexOf("/"); end > 0; end = tag.lastIndexOf("/", end - 1))
      visit(`${tag.slice(0, end)}/*`);
  }
}
