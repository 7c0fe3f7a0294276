import type { CacheEntry, ClientResponse, ObserverSnapshot } from "@x/client";

/** What a component may read of a read, untyped. */
export interface ReadView {
  readonly data: unknown;
  readonly error: ObserverSnapshot["error"];
  readonly status: ObserverSnapshot["status"];
  readonly isFetching: boolean;
  readonly isLoading: boolean;
  readonly isStale: boolean;
  readonly isPreviousData: boolean;
  readonly meta: ObserverSnapshot["meta"];
  readonly refetch: () => Promise<ClientResponse>;
}

/** What one rendering wants to show. */
export interface Wanted {
  /** The query key of what is read; `undefined` for nothing. */
  readonly key: string | undefined;
  readonly enabled: boolean;
  readonly keepPreviousData: boolean;
}

/** Where a read stands that no observer follows yet: on what the state holds. */
export function snapshotOf(entry: CacheEntry | undefined): ObserverSnapshot {
  return {
    data: entry?.state.data,
    error: undefined,
    status: entry ? "success" : "idle",
    fetching: false,
    stale: entry?.stale ?? false,
    meta: entry?.meta ?? {},
  };
}

/** What a snapshot does not know of the component that shows it. */
interface Showing {
  /** Whether a request is about to be sent. */
  readonly awaited: boolean;
  /** What is shown while there is nothing else. */
  readonly previous: CacheEntry | undefined;
  readonly refetch: ReadView["refetch"];
}

export function toReadView(
  { data, error, status: settled, fetching, stale, meta }: ObserverSnapshot,
  { awaited, previous, refetch }: Showing,
): ReadView {
  // Nobody knows yet whether data that is there will be fetched anew.
  const isFetching = fetching || (awaited && settled === "idle");
  const status = settled === "idle" && isFetching ? "pending" : settled;
  const isPreviousData = status === "pending" && previous !== undefined;
  return {
    data: isPreviousData ? previous.state.data : data,
    error,
    status,
    isFetching,
    isLoading: isFetching && status !== "success" && data === undefined && !isPreviousData,
    isStale: stale,
    isPreviousData,
    meta,
    refetch,
  };
}
