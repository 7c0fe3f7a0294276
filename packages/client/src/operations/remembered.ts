/** What observers have in common, by key. What no mounted observer uses is remembered for a while. */
export interface Remembered<Shared> {
  /** What is there under a key, or what is made for it. */
  get(key: string, create: () => Shared): Shared;
}

/** Creates a store that remembers at most `limit` that are not mounted: those that were asked for last. */
export function createRemembered<Shared extends { readonly mounted: boolean }>(
  limit: number,
): Remembered<Shared> {
  const all = new Map<string, Shared>();
  return {
    get(key, create) {
      const found = all.get(key) ?? create();
      all.delete(key);
      all.set(key, found);
      const unused = [...all].filter(([, { mounted }]) => !mounted);
      for (const [other] of unused.slice(0, -limit)) all.delete(other);
      return found;
    },
  };
}
