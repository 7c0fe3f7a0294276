/** Reads, or changes of a whole cache, on which every candidate is measured. */
export type ClientCase = ReadCase | StoreCase;

/** How often one key is read in a case of reads: from the cache, past it, or by many at once. */
export interface ReadCase {
  readonly id: string;
  readonly title: string;
  readonly kind: "cached" | "uncached" | "concurrent";
  /** How many plugins ours has. The peers are the same in all of these. */
  readonly plugins: 0 | 1 | 2 | 5;
}

/** A cache of many entries that is filled, or of which 1 % is invalidated. */
export interface StoreCase {
  readonly id: string;
  readonly title: string;
  readonly kind: "fill" | "invalidate";
  readonly entries: number;
}

/** How many reads the concurrent case starts at once. */
export const CONCURRENT_READS = 1_000;

/** How many keys the reads take in turn. */
export const KEYS = 100;

const SIZES = [1_000, 10_000, 100_000];

/** The cases of reads, in the order in which the tables show them. */
export const readCases: readonly ReadCase[] = [
  { id: "cached-1", title: "cached read, cache alone", kind: "cached", plugins: 1 },
  { id: "cached-5", title: "cached read, 5 plugins", kind: "cached", plugins: 5 },
  { id: "uncached-0", title: "uncached read, no plugin", kind: "uncached", plugins: 0 },
  { id: "uncached-1", title: "uncached read, cache alone", kind: "uncached", plugins: 1 },
  { id: "uncached-5", title: "uncached read, 5 plugins", kind: "uncached", plugins: 5 },
  {
    id: "concurrent",
    title: `${CONCURRENT_READS.toLocaleString("en")} concurrent reads of ${KEYS} keys`,
    kind: "concurrent",
    plugins: 2,
  },
];

/** The cases of whole caches, in the order in which the tables show them. */
export const storeCases: readonly StoreCase[] = (["invalidate", "fill"] as const).flatMap((kind) =>
  SIZES.map((entries): StoreCase => {
    const what = `${entries.toLocaleString("en")} entries`;
    const title = kind === "fill" ? `filling in ${what}` : `invalidating 1 % of ${what}`;
    return { id: `${kind}-${entries}`, title, kind, entries };
  }),
);

/** Every case. */
export const clientCases: readonly ClientCase[] = [...readCases, ...storeCases];

/** The case with an id. */
export function findCase(id: string): ClientCase {
  const found = clientCases.find((clientCase) => clientCase.id === id);
  if (!found) throw new Error(`there is no case "${id}"`);
  return found;
}
