import type { GenericRequestOptions } from "@x/client";
import { useMemo } from "react";
import { useStore } from "../shared/use-store.ts";
import type { ReadStore } from "./create-read-store.ts";
import type { ReadView, Wanted } from "./read-view.ts";

/**
 * Shows what a store has for a rendering, and lets its observer follow what is on screen. `fetches` tells whether an
 * observer that is mounted by it sends its first request.
 */
export function useReadStore(
  store: ReadStore,
  { key, enabled, keepPreviousData }: Wanted,
  options: GenericRequestOptions,
  fetches: () => boolean,
): ReadView {
  // What is wanted is the same object for as long as it says the same.
  const [wanted, select] = useMemo(() => {
    const next: Wanted = { key, enabled, keepPreviousData };
    return [next, store.select(next)] as const;
  }, [store, key, enabled, keepPreviousData]);
  return useStore(store, select, () => store.commit(options, wanted, fetches()));
}
