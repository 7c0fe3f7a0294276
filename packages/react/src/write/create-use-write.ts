import type { GenericRequestOptions } from "@x/client";
import { useMemo } from "react";
import type { HookScope } from "../shared/hook-scope.ts";
import { useStore } from "../shared/use-store.ts";
import { createWriteStore, type WriteView } from "./create-write-store.ts";

/** Creates the hook that writes when it is told to. */
export function createUseWrite(scope: HookScope) {
  return function useWrite(path: string, options: GenericRequestOptions = {}): WriteView {
    const client = scope.useClient();
    const store = useMemo(() => createWriteStore(scope, client, path), [client, path]);
    return useStore(store, store.select, () => store.commit(options));
  };
}
