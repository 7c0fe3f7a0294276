import { useMemo } from "react";
import { createLease } from "./create-lease.ts";
import { createSelector } from "./create-selector.ts";
import type { HookScope } from "./hook-scope.ts";
import { sameOptions } from "./is-equal.ts";
import { useStore } from "./use-store.ts";

/** An observer of any kind. */
interface Observed<Snapshot, Options> {
  mount(): void;
  update(options: Options): void;
  unmount(): void;
  subscribe(listener: () => void): () => void;
  getSnapshot(): Snapshot;
}

/**
 * Shows an observer, which is made for these `options`, and mounts it for as long as the component is there. `toView` is
 * told whether it is mounted yet.
 */
export function useObserved<Snapshot, Options, View extends object>(
  scope: HookScope,
  observer: Observed<Snapshot, Options>,
  options: Options,
  toView: (snapshot: Snapshot, mounted: boolean) => View,
): View {
  const store = useMemo(
    () => createObservedStore<Snapshot, Options, View>(scope, observer),
    [scope, observer],
  );
  const select = useMemo(() => store.select(toView), [store, toView]);
  return useStore(store, select, () => store.commit(options));
}

function createObservedStore<Snapshot, Options, View extends object>(
  { quietly, tell }: HookScope,
  observer: Observed<Snapshot, Options>,
) {
  const names = new Set<PropertyKey>();
  let committed: Options | undefined;
  let mounted = false;
  return {
    subscribe: (listener: () => void) => observer.subscribe(() => tell(listener)),
    select(toView: (snapshot: Snapshot, mounted: boolean) => View) {
      const selected = createSelector<View>(names);
      return () => selected(quietly(() => toView(observer.getSnapshot(), mounted)));
    },
    commit(options: Options): void {
      const same = committed === undefined || sameOptions(committed, options);
      committed = options;
      if (!same) observer.update(options);
      if (mounted) return;
      mounted = true;
      observer.mount();
    },
    hold: createLease(() => {
      mounted = false;
      observer.unmount();
    }),
  };
}
