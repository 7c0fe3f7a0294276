/**
 * The tags by which Next.js is to find the answer of a read. Next.js compares whole tags, where the client matches
 * patterns; so an answer carries every pattern that matches it, and a write names its patterns as tags. What has the
 * tag `posts/1/comments` carries that, `posts/1/*`, `posts/*` and `*`.
 */
export function toNextTags(tags: readonly string[]): string[] {
  return [...new Set(["*", ...tags.flatMap(patternsOf)].map(toNextTag))];
}

/** A tag or pattern as Next.js may be given it: where it keeps a list of tags, commas separate them. */
export function toNextTag(tag: string): string {
  return tag.replaceAll(",", "%2C");
}

function patternsOf(tag: string): string[] {
  const patterns = [tag];
  for (let end = tag.lastIndexOf("/"); end > 0; end = tag.lastIndexOf("/", end - 1))
    patterns.push(`${tag.slice(0, end)}/*`);
  return patterns;
}
