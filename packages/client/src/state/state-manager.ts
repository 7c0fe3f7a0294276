import type { Clock } from "../clock.ts";
import type { CacheEntry, CachePatch, DehydratedState, StateManager } from "./state-types.ts";
import { createTagIndex } from "./tag-index.ts";

/** What a fetch needs to know at its end about its start, so that nothing out of date is stored as fresh. */
export interface FetchTicket extends FetchAge {
  readonly slot: Slot;
  readonly tags: readonly string[];
  readonly epoch: number;
  readonly generation: number;
  /** Whether the fetch brought data. A fetch that failed has not. */
  received: boolean;
}

/** How old the data of a fetch is. */
interface FetchAge {
  /** The order of the request that sent it. */
  readonly order: number;
  /** The order of the latest request that had been made by then. What is fetched by a later one is newer. */
  readonly newest: number;
}

/** All that is known of one key, with or without data. */
interface Slot {
  entry: CacheEntry | undefined;
  tags: readonly string[];
  /** Raised by every invalidation: what was fetched in an earlier epoch is stale when it arrives. */
  epoch: number;
  /** The order of the latest request that began to fetch. */
  latest: number;
  /** The order of the request whose data the entry holds. */
  stored: number;
  fetching: number;
}

/** The state manager with what the client's own request path needs. */
export interface OwnedStateManager extends StateManager {
  /** Gives the next request its place: the later one wins. */
  nextOrder(): number;
  /** How often the state was cleared. */
  readonly generation: number;
  /** How often the key was invalidated since it is known. */
  epochOf(queryKey: string): number;
  /**
   * Registers a fetch, or that a request has joined the fetch of another: its data is as old as that fetch. Each
   * ticket is ended once, with or without `commit`.
   */
  beginFetch(queryKey: string, tags: readonly string[], order: number, joined?: FetchAge): FetchTicket;
  endFetch(queryKey: string, ticket: FetchTicket): void;
  /** Stores what a fetch brought, unless something newer is there or the state was cleared meanwhile. */
  commit(
    queryKey: string,
    ticket: FetchTicket,
    produced: unknown,
    data: unknown,
    meta: Meta | undefined,
  ): void;
  dehydrate(): DehydratedState;
  hydrate(state: DehydratedState): void;
  dispose(): void;
}

type Meta = Readonly<Record<string, unknown>>;
type Listener = (entry: CacheEntry | undefined) => void;

const NO_META: Meta = Object.freeze({});

export function createStateManager(
  clock: Clock,
  onListenerThrow: (error: unknown, name: string) => void,
): OwnedStateManager {
  const slots = new Map<string, Slot>();
  const index = createTagIndex();
  const listeners = new Map<string, Set<{ readonly call: Listener }>>();
  let order = 0;
  let generation = 0;
  let size = 0;

  function slotFor(key: string, tags: readonly string[]): Slot {
    const found = slots.get(key);
    if (found) return found;
    const slot: Slot = { entry: undefined, tags, epoch: 0, latest: 0, stored: 0, fetching: 0 };
    slots.set(key, slot);
    index.add(key, tags);
    return slot;
  }

  function put(key: string, slot: Slot, entry: CacheEntry): void {
    if (!slot.entry) size += 1;
    if (entry.tags !== slot.tags) retag(key, slot, entry.tags);
    slot.entry = entry;
    notify(key);
  }

  function retag(key: string, slot: Slot, tags: readonly string[]): void {
    index.remove(key, slot.tags);
    index.add(key, tags);
    slot.tags = tags;
  }

  function drop(key: string, slot: Slot): void {
    index.remove(key, slot.tags);
    slots.delete(key);
  }

  function notify(key: string): void {
    const subscribed = listeners.get(key);
    if (!subscribed) return;
    for (const { call } of [...subscribed]) {
      try {
        // Not the entry of the change: a listener before this one may have changed it again.
        call(slots.get(key)?.entry);
      } catch (error) {
        onListenerThrow(error, key);
      }
    }
  }

  const findKeys = (patterns: string | readonly string[]) => [
    ...index.find(typeof patterns === "string" ? [patterns] : patterns),
  ];

  return {
    get size() {
      return size;
    },
    getCache: (key) => slots.get(key)?.entry,

    setCache(key, patch) {
      const slot = slotFor(key, patch.tags ?? []);
      put(key, slot, patched(slot, patch, clock));
    },

    deleteCache(key) {
      const slot = slots.get(key);
      if (!slot) return;
      slot.epoch += 1;
      if (!slot.entry) return;
      slot.entry = undefined;
      slot.stored = 0;
      size -= 1;
      if (slot.fetching === 0) drop(key, slot);
      notify(key);
    },

    setMeta(key, meta) {
      const slot = slots.get(key);
      if (slot?.entry) put(key, slot, { ...slot.entry, meta: { ...slot.entry.meta, ...meta } });
    },

    markStale(patterns) {
      const matching = findKeys(patterns);
      // All of them first: what a listener fetches is fetched after the invalidation.
      for (const key of matching) slots.get(key)!.epoch += 1;
      const marked = matching.filter((key) => slots.get(key)?.entry);
      for (const key of marked) {
        const slot = slots.get(key);
        if (slot?.entry && !slot.entry.stale) put(key, slot, { ...slot.entry, stale: true });
      }
      return marked;
    },

    findKeys: (patterns) => findKeys(patterns).filter((key) => slots.get(key)?.entry),

    subscribe(key, call) {
      const listener = { call };
      const subscribed = listeners.get(key) ?? new Set();
      listeners.set(key, subscribed.add(listener));
      return () => {
        subscribed.delete(listener);
        if (subscribed.size === 0 && listeners.get(key) === subscribed) listeners.delete(key);
      };
    },

    clear() {
      slots.clear();
      index.clear();
      size = 0;
      generation += 1;
      for (const key of [...listeners.keys()]) notify(key);
    },

    nextOrder: () => (order += 1),

    get generation() {
      return generation;
    },
    epochOf: (key) => slots.get(key)?.epoch ?? 0,

    beginFetch(key, tags, requestOrder, joined = { order: requestOrder, newest: order }) {
      const slot = slotFor(key, tags);
      const known = tags.every((tag) => slot.tags.includes(tag));
      // Until the answer is stored in its place, the entry is found by its own tags as well.
      if (!known) retag(key, slot, [...slot.tags, ...tags]);
      slot.fetching += 1;
      slot.latest = Math.max(slot.latest, joined.order);
      const same = known && slot.tags.length === tags.length;
      return {
        slot,
        tags: same ? slot.tags : tags,
        order: joined.order,
        newest: joined.newest,
        epoch: slot.epoch,
        generation,
        received: false,
      };
    },

    endFetch(key, { slot }) {
      slot.fetching -= 1;
      if (slot.fetching === 0 && !slot.entry && slots.get(key) === slot) drop(key, slot);
    },

    commit(key, ticket, produced, data, meta) {
      const { slot } = ticket;
      if (ticket.generation !== generation || ticket.order < slot.stored) return;
      slot.stored = ticket.order;
      const superseded = ticket.newest < slot.latest;
      put(key, slot, {
        state: { data, timestamp: clock.now() },
        produced,
        // A newer request that is under way is to be found by its tags, too.
        tags: superseded ? slot.tags : ticket.tags,
        stale: superseded || ticket.epoch !== slot.epoch,
        meta: meta ? { ...slot.entry?.meta, ...meta } : (slot.entry?.meta ?? NO_META),
      });
    },

    dehydrate: () => ({
      entries: [...slots].flatMap(([key, { entry }]) => {
        if (!entry) return [];
        const { meta: _meta, ...rest } = entry;
        return [{ key, ...rest }];
      }),
    }),

    hydrate({ entries }) {
      for (const { key, ...entry } of entries) {
        const slot = slotFor(key, entry.tags);
        // What this client has learned itself since then is newer.
        if (slot.entry && slot.entry.state.timestamp >= entry.state.timestamp) continue;
        put(key, slot, { ...entry, meta: slot.entry?.meta ?? NO_META });
      }
    },

    dispose() {
      generation += 1;
      listeners.clear();
    },
  };
}

function patched({ entry, tags }: Slot, patch: CachePatch, clock: Clock): CacheEntry {
  const hasData = patch.state !== undefined && "data" in patch.state;
  const data = hasData ? patch.state.data : entry?.state.data;
  return {
    state: {
      data,
      timestamp: patch.state?.timestamp ?? (hasData || !entry ? clock.now() : entry.state.timestamp),
    },
    produced: "produced" in patch ? patch.produced : hasData ? data : entry?.produced,
    tags: patch.tags ?? tags,
    stale: patch.stale ?? (hasData ? false : (entry?.stale ?? false)),
    meta: patch.meta ?? entry?.meta ?? NO_META,
  };
}
