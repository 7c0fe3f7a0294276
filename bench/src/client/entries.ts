/** One entry of a large cache: `items/:group/:id`. */
export interface Entry {
  readonly group: number;
  readonly id: number;
  readonly item: { readonly id: number; readonly title: string };
}

/** How many groups a large cache has: an invalidation of one meets 1 % of the entries. */
export const GROUPS = 100;

/** Entries by group, every group of the same size. */
export function createEntries(count: number): Entry[][] {
  return Array.from({ length: GROUPS }, (_, group) =>
    Array.from({ length: count / GROUPS }, (__, id) => ({ group, id, item: { id, title: `item ${id}` } })),
  );
}
