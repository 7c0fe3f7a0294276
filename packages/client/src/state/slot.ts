import type { Clock } from "../clock.ts";
import type { Invalidation } from "./invalidation-log.ts";
import type { CacheEntry, CachePatch, EntryView } from "./state-types.ts";

export type Meta = Readonly<Record<string, unknown>>;

export const NO_META: Meta = Object.freeze({});

/** What a fetch needs to know at its end about its start, so that nothing out of date is stored as fresh. */
export interface FetchTicket extends FetchAge {
  readonly slot: Slot;
  tags: readonly string[];
  epoch: number;
  readonly generation: number;
  /** Whether the fetch brought data. A fetch that failed has not. */
  received: boolean;
}

/** How old the data of a fetch is. */
export interface FetchAge {
  /** The order of the request that sent it. */
  readonly order: number;
  /** The order of the latest request that had been made by then. What is fetched by a later one is newer. */
  readonly newest: number;
  /** The latest invalidation by then. Later ones are looked up when its tags are only known at its end. */
  readonly since: Invalidation;
}

/** All that is known of one key, with or without data. */
export interface Slot {
  /** What is shown. */
  entry: CacheEntry | undefined;
  /** What is stored: the same, unless views lie over it. */
  base: CacheEntry | undefined;
  /** The latest mark that the stored data has. */
  asOf: number;
  views: readonly EntryView[];
  /** The latest mark when the views last changed. */
  viewedAt: number;
  tags: readonly string[];
  /** Raised by every invalidation: what was fetched in an earlier epoch is stale when it arrives. */
  epoch: number;
  /** The order of the latest request that began to fetch. */
  latest: number;
  /** The order of the request whose data the entry holds. */
  stored: number;
  fetching: number;
}

export function createSlot(tags: readonly string[]): Slot {
  return {
    entry: undefined,
    base: undefined,
    asOf: 0,
    views: [],
    viewedAt: 0,
    tags,
    epoch: 0,
    latest: 0,
    stored: 0,
    fetching: 0,
  };
}

/** What is stored in a slot with the changes of a patch. */
export function patched({ base, tags }: Slot, patch: CachePatch, clock: Clock): CacheEntry {
  const written = hasData(patch);
  const data = written ? patch.state?.data : base?.state.data;
  return {
    state: {
      data,
      timestamp: patch.state?.timestamp ?? (written || !base ? clock.now() : base.state.timestamp),
    },
    produced: "produced" in patch ? patch.produced : written ? data : base?.produced,
    tags: patch.tags ?? tags,
    stale: patch.stale ?? (written ? false : (base?.stale ?? false)),
    meta: patch.meta ?? base?.meta ?? NO_META,
  };
}

/** Whether a patch brings data, which may be `undefined`. */
export function hasData({ state }: CachePatch): boolean {
  return state !== undefined && "data" in state;
}
