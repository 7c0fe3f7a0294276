import { useEffect, useSyncExternalStore } from "react";

/** What connects a component with an observer. */
interface Store {
  readonly subscribe: (listener: () => void) => () => void;
  /** Keeps the observer mounted until what it returns is called. */
  readonly hold: () => () => void;
}

/** Shows what a store has for a rendering. `commit` is called when that is on screen. */
export function useStore<View>(store: Store, select: () => View, commit: () => void): View {
  const view = useSyncExternalStore(store.subscribe, select, select);
  // After every rendering: options are compared by what is in them, which a list of dependencies cannot.
  useEffect(commit);
  useEffect(() => store.hold(), [store]);
  return view;
}
