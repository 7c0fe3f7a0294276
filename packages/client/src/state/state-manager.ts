import type { Clock } from "../clock.ts";
import { ClientError } from "../errors.ts";
import { createNamedListeners } from "../event-emitter.ts";
import { createSlot, hasData, NO_META, patched, type Slot } from "./slot.ts";
import { invalidatedSince, type Invalidation } from "./invalidation-log.ts";
import type { OwnedStateManager } from "./owned-state-manager.ts";
import type { CacheEntry, EntryView } from "./state-types.ts";
import { createTagIndex } from "./tag-index.ts";
import { showData, showEntry } from "./views.ts";

/** An epoch that no slot is ever in: what was fetched in it is out of date. */
const NEVER = -1;

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
  let lastKey: string | undefined;
  let lastSlot: Slot | undefined;
  const index = createTagIndex();
  const listeners = createNamedListeners<Record<string, undefined>>(onListenerThrow);
  let order = 0;
  let lastInvalidation: Invalidation = { patterns: [] };
  let generation = 0;
  let size = 0;

  /** Looks a key up once for all that a request asks of it in a row. */
  function slotOf(key: string): Slot | undefined {
    if (key !== lastKey) {
      lastSlot = slots.get(key);
      lastKey = key;
    }
    return lastSlot;
  }

  function slotFor(key: string, tags: readonly string[]): Slot {
    const found = slotOf(key);
    if (found) return found;
    const slot = createSlot(tags);
    slots.set(key, slot);
    lastKey = undefined;
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

  /** Has a key be found by these tags as well, and tells whether it was already. */
  function addTags(key: string, slot: Slot, tags: readonly string[]): boolean {
    const known = tags === slot.tags || tags.every((tag) => slot.tags.includes(tag));
    if (!known) {
      index.add(key, tags);
      slot.tags = [...slot.tags, ...tags];
    }
    return known;
  }

  function dropIfUnused(key: string, slot: Slot): void {
    if (slot.base || slot.fetching > 0 || slot.views.length > 0 || slotOf(key) !== slot) return;
    index.remove(key, slot.tags);
    slots.delete(key);
    lastKey = undefined;
  }

  function notify(key: string): void {
    onChange(key);
    listeners.emit(key, undefined);
  }

  const findKeys = (patterns: string | readonly string[]) => [...index.find([patterns].flat())];

  return {
    get size() {
      return size;
    },
    getCache: (key) => slotOf(key)?.entry,

    setCache(key, patch) {
      const slot = slotFor(key, patch.tags ?? []);
      if (hasData(patch)) slot.asOf = order;
      put(key, slot, patched(slot, patch, clock));
    },

    deleteCache(key) {
      const slot = slotOf(key);
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
      const slot = slotOf(key);
      if (slot?.base) put(key, slot, { ...slot.base, meta: { ...slot.base.meta, ...meta } });
    },

    markStale(given) {
      const patterns = [given].flat();
      const matching = findKeys(patterns);
      lastInvalidation = lastInvalidation.next = { patterns };
      // All of them first: what a listener fetches is fetched after the invalidation.
      for (const key of matching) slotOf(key)!.epoch += 1;
      const marked = matching.filter((key) => slotOf(key)?.entry);
      for (const key of marked) {
        const slot = slotOf(key);
        if (slot?.base && !slot.base.stale) put(key, slot, { ...slot.base, stale: true });
      }
      return marked;
    },

    findKeys: (patterns) => findKeys(patterns).filter((key) => slotOf(key)?.entry),

    // Not the entry of the change: a listener before this one may have changed it again.
    subscribe: (key, listener) => listeners.on(key, () => listener(slotOf(key)?.entry)),

    clear() {
      slots.clear();
      lastKey = lastSlot = undefined;
      index.clear();
      size = 0;
      generation += 1;
      onChange(undefined);
      for (const key of listeners.names()) listeners.emit(key, undefined);
    },

    addView(key, view) {
      const slot = slotFor(key, []);
      changeViews(key, slot, [...slot.views, view]);
      const isPlaced = () => slotOf(key) === slot && slot.views.includes(view);
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
      const slot = slotOf(key);
      return slot && slot.views.length > 0 ? showData(slot.views, data, slot.asOf, reportFor(key)) : data;
    },
    viewsChanged: (key, since) => (slotOf(key)?.viewedAt ?? 0) >= since,

    mark: () => (order += 1),

    get generation() {
      return generation;
    },
    epochOf: (key) => slotOf(key)?.epoch ?? 0,

    beginFetch(
      key,
      tags,
      requestOrder,
      joined = { order: requestOrder, newest: order, since: lastInvalidation },
    ) {
      const slot = slotFor(key, tags);
      // Until the answer is stored in its place, the entry is found by its own tags as well.
      const known = addTags(key, slot, tags);
      slot.fetching += 1;
      slot.latest = Math.max(slot.latest, joined.order);
      const same = known && slot.tags.length === tags.length;
      return {
        order: joined.order,
        newest: joined.newest,
        since: joined.since,
        slot,
        tags: same ? slot.tags : tags,
        epoch: slot.epoch,
        generation,
        received: false,
      };
    },

    retagFetch(key, ticket, tags) {
      const { slot } = ticket;
      ticket.tags = tags;
      if (slotOf(key) !== slot) return false;
      addTags(key, slot, tags);
      if (!invalidatedSince(ticket.since, tags)) return false;
      ticket.epoch = NEVER;
      return ticket.newest >= slot.latest;
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
          new ClientError("IDENTITY_MISMATCH", "the state is another user's: nothing was taken over"),
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
