import type { GenericRequestOptions, Observer } from "@x/client";
import type { AnyClient } from "../shared/client-types.ts";
import type { HookScope } from "../shared/hook-scope.ts";
import { createLease } from "../shared/create-lease.ts";
import { createListener } from "../shared/create-listener.ts";
import { createSelector } from "../shared/create-selector.ts";
import { sameOptions } from "../shared/is-equal.ts";
import { snapshotOf, toReadView, type ReadView, type Wanted } from "./read-view.ts";

/** Connects one component with one observer. */
export interface ReadStore {
  readonly subscribe: (listener: () => void) => () => void;
  /** Gives what a rendering shows, for as long as it is shown. */
  select(wanted: Wanted): () => ReadView;
  /** What was rendered is on screen: follows it. `fetch` is whether an observer that it mounts may send a request. */
  commit(options: GenericRequestOptions, wanted: Wanted, fetch: boolean): void;
  /** Keeps the observer mounted until what it returns is called. */
  readonly hold: () => () => void;
}

export function createReadStore(scope: HookScope, client: AnyClient, path: string): ReadStore {
  const { subscribe, tell } = createListener(scope);
  const names = new Set<PropertyKey>();
  let observer: Observer | undefined;
  /** What the observer was last told. */
  let committed: GenericRequestOptions | undefined;
  let mounted = false;
  /** Under which the component showed data of its own last. */
  let shownKey: string | undefined;
  let stopObserving: (() => void) | undefined;
  let stopFollowing = () => {};

  const keyOf = (options: GenericRequestOptions) => client.queryKeyOf(path, options);
  const entryOf = (key: string | undefined) =>
    key === undefined ? undefined : client.stateManager.getCache(key);
  const refetch = () => (observer ??= client.observe(path, {})).refetch();

  function view({ key, enabled, keepPreviousData }: Wanted): ReadView {
    // Between a rendering with other params and its effects, the observer still follows the former ones.
    const follows = key !== undefined && observer && committed && keyOf(committed) === key;
    return toReadView(follows ? observer!.getSnapshot() : snapshotOf(entryOf(key)), {
      awaited: key !== undefined && enabled && !(follows && mounted),
      previous: keepPreviousData && key !== undefined && key !== shownKey ? entryOf(shownKey) : undefined,
      refetch,
    });
  }

  function unmount(): void {
    mounted = false;
    observer?.unmount();
  }

  return {
    subscribe,

    select(wanted) {
      const selected = createSelector<ReadView>(names);
      return () => selected(scope.quietly(() => view(wanted)));
    },

    commit(options, { key, enabled }, fetch) {
      const wanted = key !== undefined && enabled;
      if (!wanted) unmount();
      stopFollowing();
      stopFollowing = () => {};
      if (key === undefined) return;
      const same =
        committed && keyOf(committed) === keyOf(options) && sameOptions(rest(committed), rest(options));
      if (!observer) observer = client.observe(path, options);
      else if (!same) observer.update(options);
      stopObserving ??= observer.subscribe(tell);
      committed = options;
      if (wanted && !mounted) {
        mounted = true;
        observer.mount({ fetch });
      }
      // An observer that is not mounted is told of nothing that others fetch.
      if (!wanted) stopFollowing = client.stateManager.subscribe(key, tell);
      if (entryOf(key)) shownKey = key;
    },

    hold: createLease(() => {
      unmount();
      stopFollowing();
      stopObserving?.();
      stopObserving = undefined;
    }),
  };
}

/** What the key does not tell of a request. The key compares more things by value: dates, maps, what has `toJSON`. */
function rest({ params: _params, query: _query, ...others }: GenericRequestOptions): object {
  return others;
}
