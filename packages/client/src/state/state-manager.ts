import type { Clock } from "../clock.ts";
import { ClientError } from "../errors.ts";
import { createNamedListeners } from "../event-emitter.ts";
import {
  createSlot,
  hasData,
  NO_META,
  patched,
  type FetchAge,
  type FetchTicket,
  type Meta,
  type Slot,
} from "./slot.ts";
import type { CacheEntry, EntryView, StateManager } from "./state-types.ts";
import { createTagIndex } from "./tag-index.ts";
import { showData, showEntry } from "./views.ts";

/** The state manager with what the client's own request path needs. */
export interface OwnedStateManager extends StateManager {
  /** Also gives the next request its place: the later one wins. */
  mark(): number;
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
  /** What the views over a key make of data that was stored there. */
  show(queryKey: string, data: unknown): unknown;
  /** Whether the views over a key have changed since the request of that order was made. */
  viewsChanged(queryKey: string, order: number): boolean;
  dispose(): void;
}

/** What a state manager needs of its client. */
interface StateHost {
  readonly clock: Clock;
  readonly report: (error: ClientError) => void;
  readonly onListenerThrow: (error: unknown, name: string) => void;
  /** Whose the data is. */
  readonly identityOf: () => string | undefined;
  /** Is told of every change before the key's subscribers are. */
  readonly onChange: (queryKey: string | undefined) => void;
}

export function createStateManager(host: StateHost): OwnedStateManager {
  const { clock, onListenerThrow, identityOf, onChange } = host;
  const slots = new Map<string, Slot>();
  const index = createTagIndex();
  const listeners = createNamedListeners<Record<string, undefined>>(onListenerThrow);
  let order = 0;
  let generation = 0;
  let size = 0;

  function slotFor(key: string, tags: readonly string[]): Slot {
    const found = slots.get(key);
    if (found) return found;
    const slot = createSlot(tags);
    slots.set(key, slot);
    index.add(key, tags);
    return slot;
  }

  function put(key: string, slot: Slot, stored: CacheEntry): void {
    if (!slot.base) size += 1;
    if (stored.tags !== slot.tags) retag(key, slot, stored.tags);
    slot.base = stored;
    show(key, slot);
  }

  function show(key: string, slot: Slot): void {
    const { base, views, asOf } = slot;
    if (base) slot.entry = views.length > 0 ? showEntry(views, base, asOf, reportFor(key)) : base;
    notify(key);
  }

  const reportFor = (key: string) => (error: unknown) => onListenerThrow(error, key);

  function changeViews(key: string, slot: Slot, views: readonly EntryView[]): void {
    slot.views = views;
    slot.viewedAt = order;
    if (slot.base) show(key, slot);
    else dropIfUnused(key, slot);
  }

  function retag(key: string, slot: Slot, tags: readonly string[]): void {
    index.remove(key, slot.tags);
    index.add(key, tags);
    slot.tags = tags;
  }

  function dropIfUnused(key: string, slot: Slot): void {
    if (slot.base || slot.fetching > 0 || slot.views.length > 0 || slots.get(key) !== slot) return;
    index.remove(key, slot.tags);
    slots.delete(key);
  }

  function notify(key: string): void {
    onChange(key);
    listeners.emit(key, undefined);
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
      if (hasData(patch)) slot.asOf = order;
      put(key, slot, patched(slot, patch, clock));
    },

    deleteCache(key) {
      const slot = slots.get(key);
      if (!slot) return;
      slot.epoch += 1;
      if (!slot.base) return;
      slot.entry = slot.base = undefined;
      slot.stored = 0;
      size -= 1;
      dropIfUnused(key, slot);
      notify(key);
    },

    setMeta(key, meta) {
      const slot = slots.get(key);
      if (slot?.base) put(key, slot, { ...slot.base, meta: { ...slot.base.meta, ...meta } });
    },

    markStale(patterns) {
      const matching = findKeys(patterns);
      // All of them first: what a listener fetches is fetched after the invalidation.
      for (const key of matching) slots.get(key)!.epoch += 1;
      const marked = matching.filter((key) => slots.get(key)?.entry);
      for (const key of marked) {
        const slot = slots.get(key);
        if (slot?.base && !slot.base.stale) put(key, slot, { ...slot.base, stale: true });
      }
      return marked;
    },

    findKeys: (patterns) => findKeys(patterns).filter((key) => slots.get(key)?.entry),

    // Not the entry of the change: a listener before this one may have changed it again.
    subscribe: (key, listener) => listeners.on(key, () => listener(slots.get(key)?.entry)),

    clear() {
      slots.clear();
      index.clear();
      size = 0;
      generation += 1;
      onChange(undefined);
      for (const key of listeners.names()) listeners.emit(key, undefined);
    },

    addView(key, view) {
      const slot = slotFor(key, []);
      changeViews(key, slot, [...slot.views, view]);
      const isPlaced = () => slots.get(key) === slot && slot.views.includes(view);
      return {
        refresh() {
          const placed = isPlaced();
          if (placed) changeViews(key, slot, slot.views);
          return placed;
        },
        remove() {
          if (isPlaced())
            changeViews(
              key,
              slot,
              slot.views.filter((other) => other !== view),
            );
        },
      };
    },

    show(key, data) {
      const slot = slots.get(key);
      return slot ? showData(slot.views, data, slot.asOf, reportFor(key)) : data;
    },
    viewsChanged: (key, since) => (slots.get(key)?.viewedAt ?? 0) >= since,

    mark: () => (order += 1),

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
      dropIfUnused(key, slot);
    },

    commit(key, ticket, produced, data, meta) {
      const { slot } = ticket;
      if (ticket.generation !== generation || ticket.order < slot.stored) return;
      slot.stored = ticket.order;
      slot.asOf = ticket.newest;
      const superseded = ticket.newest < slot.latest;
      put(key, slot, {
        state: { data, timestamp: clock.now() },
        produced,
        // A newer request that is under way is to be found by its tags, too.
        tags: superseded ? slot.tags : ticket.tags,
        stale: superseded || ticket.epoch !== slot.epoch,
        meta: meta ? { ...slot.base?.meta, ...meta } : (slot.base?.meta ?? NO_META),
      });
    },

    dehydrate: () => ({
      identity: identityOf(),
      entries: [...slots].flatMap(([key, { base, views }]) => {
        if (!base) return [];
        const { meta: _meta, stale, ...rest } = base;
        // What the views show beyond it is not known elsewhere.
        return [{ key, ...rest, stale: stale || views.length > 0 }];
      }),
    }),

    hydrate({ identity, entries }) {
      if (identity !== identityOf())
        return host.report(
          new ClientError("IDENTITY_MISMATCH", "the state is another user's, and was not taken over"),
        );
      for (const { key, ...entry } of entries) {
        const slot = slotFor(key, entry.tags);
        // What this client has learned itself since then is newer.
        if (slot.base && slot.base.state.timestamp >= entry.state.timestamp) continue;
        put(key, slot, { ...entry, meta: slot.base?.meta ?? NO_META });
      }
    },

    dispose() {
      generation += 1;
      listeners.clear();
    },
  };
}
