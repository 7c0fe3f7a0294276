import type { Context } from "../request/context.ts";
import type { ObserverSnapshot } from "./observer-types.ts";
import type { ClientResponse } from "../request/response.ts";
import type { CacheEntry } from "../state/state-types.ts";

/** Tells where an observer stands. `entry` is what the state holds under its key. */
export function takeSnapshot(
  { storesData, meta }: Context,
  entry: CacheEntry | undefined,
  response: ClientResponse | undefined,
  fetching: boolean,
): ObserverSnapshot {
  // What is not stored is shown from the response. What was stored and is no longer there is nobody's.
  const success = storesData ? entry !== undefined : response !== undefined;
  const settled = response?.error ? "error" : success ? "success" : "idle";
  return {
    data: storesData ? entry?.state.data : response?.data,
    error: response?.error,
    status: settled === "idle" && fetching ? "pending" : settled,
    fetching,
    stale: entry?.stale ?? false,
    meta: { ...entry?.meta, ...meta },
  };
}
