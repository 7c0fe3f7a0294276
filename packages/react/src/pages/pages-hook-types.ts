import type { AnyPlugin, DataOf, EndpointOf, ErrorOf, PathArgument, PathsWith, PluginMeta } from "@x/client";
import type { PagesObserver, PagesOptions, PagesSnapshot } from "@x/client/pages";

/** What a list takes beside the options of its requests. */
export interface PagesBehaviour {
  /** Whether to show the pages of the previous list while the first page of another is fetched. Default: `false`. */
  readonly keepPreviousData?: boolean | undefined;
}

/** Where a list stands. A component is rendered anew when something changes that it has read of this. */
export interface PagesResult<Page, PageParam, Failure, Meta>
  extends
    Omit<
      PagesSnapshot<Page, PageParam, Failure, Meta>,
      "fetching" | "fetchingNext" | "fetchingPrevious" | "stale"
    >,
    Pick<
      PagesObserver<Page, PageParam, Failure, Meta>,
      "fetchNext" | "fetchPrevious" | "refetch" | "retry" | "reset"
    > {
  /** Whether any page is fetched. */
  readonly isFetching: boolean;
  /** Whether the first page is fetched, and there is none to show meanwhile. */
  readonly isLoading: boolean;
  readonly isFetchingNext: boolean;
  readonly isFetchingPrevious: boolean;
  /** Whether the pages are those of the previous list. To those none can be added any more. */
  readonly isPreviousData: boolean;
  /** Whether any page is known to be out of date. */
  readonly isStale: boolean;
}

/** Follows a list that is read page by page, for as long as the component is there. */
export interface UsePages<Api, Plugins extends readonly AnyPlugin[]> {
  <Path extends string, PageParam>(
    path: PathArgument<Path, PathsWith<Api, "GET">>,
    options: PagesOptions<Api, Path, Plugins, DataOf<EndpointOf<Api, Path, "GET">>, PageParam> &
      PagesBehaviour,
  ): PagesResult<
    DataOf<EndpointOf<Api, Path, "GET">>,
    PageParam,
    ErrorOf<EndpointOf<Api, Path, "GET">>,
    PluginMeta<Plugins>
  >;
}
