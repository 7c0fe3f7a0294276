import type { GenericRequestOptions } from "@x/client";
import { useMemo } from "react";
import type { HookScope } from "../shared/hook-scope.ts";
import { createReadStore } from "./create-read-store.ts";
import type { ReadBehaviour, Skipped } from "./read-types.ts";
import type { ReadView } from "./read-view.ts";
import { useReadStore } from "./use-read-store.ts";

const always = () => true;

/** Creates the hook that reads without waiting. */
export function createUseRead(scope: HookScope) {
  return function useRead(
    path: string,
    given: (GenericRequestOptions & ReadBehaviour) | Skipped = {},
  ): ReadView {
    const client = scope.useClient();
    const store = useMemo(() => createReadStore(scope, client, path), [client, path]);
    const { enabled = true, keepPreviousData = false, ...options } = given || {};
    const key = given ? scope.quietly(() => client.queryKeyOf(path, options)) : undefined;
    return useReadStore(store, { key, enabled, keepPreviousData }, options, always);
  };
}
