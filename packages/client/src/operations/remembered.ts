import type { Runtime } from "../client/runtime-types.ts";

/** What observers have in common, by key. What no mounted observer uses is remembered for a while. */
interface Remembered<Common> {
  /** What is there under a key, or what is made for it. */
  get(key: string, create: () => Common): Common;
}

/** How many a client remembers that nobody shows, so that going back to one shows it as it was. */
const MAX_UNUSED = 50;

/** What a client remembers for an operation. */
export function rememberedBy<Common extends { readonly mounted: boolean }>(
  { shared }: Runtime,
  operation: string,
): Remembered<Common> {
  // Nothing else is put there under the operation's name.
  const known = shared.get(operation) as Map<string, Common> | undefined;
  const all = known ?? new Map<string, Common>();
  shared.set(operation, all);
  return {
    get(key, create) {
      const found = all.get(key) ?? create();
      all.delete(key);
      all.set(key, found);
      const unused = [...all].filter(([, { mounted }]) => !mounted);
      for (const [other] of unused.slice(0, -MAX_UNUSED)) all.delete(other);
      return found;
    },
  };
}
