import type { ClientError } from "../errors.ts";
import type { Context } from "../request/context.ts";
import type { CacheEntry } from "../state/state-types.ts";
import type { PlacedPage } from "./page-chain.ts";
import type { PageDirection, PageFailure, PagesSnapshot } from "./pages-types.ts";

/** What a list is doing beside showing its pages. */
interface Activity {
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** Whether its pages are gone through. */
  readonly running: boolean;
  readonly adding: ReadonlyMap<PageDirection, unknown>;
  /** The pages that could not be added. */
  readonly notAdded: Iterable<PageFailure>;
  readonly latest: Context | undefined;
}

/** Tells where a list stands. `entries` are what the state holds for the pages. */
export function takePagesSnapshot(
  places: readonly PlacedPage[],
  entries: readonly (CacheEntry | undefined)[],
  { hasNext, hasPrevious, running, adding, notAdded, latest }: Activity,
): PagesSnapshot {
  const shown = entries.filter((entry) => entry !== undefined);
  const notRefetched = places.flatMap(({ param, error }): PageFailure[] =>
    error ? [{ pageParam: param, error, direction: undefined }] : [],
  );
  const failures = [...notRefetched, ...notAdded];
  const error: ClientError | undefined = failures[0]?.error;
  const settled = error ? "error" : shown.length > 0 ? "success" : "idle";
  const fetching = running || adding.size > 0;
  return {
    pages: shown.map(({ state }) => state.data),
    pageParams: places.filter((_, at) => entries[at]).map(({ param }) => param),
    hasNext,
    hasPrevious,
    failures,
    error,
    status: settled === "idle" && fetching ? "pending" : settled,
    fetching,
    fetchingNext: adding.has("next"),
    fetchingPrevious: adding.has("previous"),
    stale: shown.some(({ stale }) => stale),
    meta: Object.assign({}, ...shown.map(({ meta }) => meta), latest?.meta),
  };
}
