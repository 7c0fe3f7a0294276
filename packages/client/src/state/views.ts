import type { CacheEntry, EntryView } from "./state-types.ts";

/** Shows data through views, the first one innermost. One that throws is reported and shows nothing of its own. */
export function showData(
  views: readonly EntryView[],
  stored: unknown,
  asOf: number,
  report: (error: unknown) => void,
): unknown {
  return views.reduce((data, view) => {
    try {
      return view.show(data, asOf);
    } catch (error) {
      report(error);
      return data;
    }
  }, stored);
}

/** What an entry looks like through views. */
export function showEntry(
  views: readonly EntryView[],
  stored: CacheEntry,
  asOf: number,
  report: (error: unknown) => void,
): CacheEntry {
  return {
    ...stored,
    state: { ...stored.state, data: showData(views, stored.state.data, asOf, report) },
    meta: Object.assign({}, stored.meta, ...views.map(({ meta }) => meta)),
  };
}
