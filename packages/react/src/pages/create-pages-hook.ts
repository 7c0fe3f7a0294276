import type { GenericRequestOptions } from "@x/client";
import { createPages, type PagesObserver, type PagesSnapshot } from "@x/client/pages";
import { useEffect, useMemo } from "react";
import type { CoreHooks } from "../core/create-core-hooks.ts";
import type { ApiOf, ClientLike, PluginsOf } from "../shared/client-types.ts";
import { scopeOf } from "../shared/scope-of.ts";
import { useObserved } from "../shared/use-observed.ts";
import type { PagesBehaviour, PagesResult, UsePages } from "./pages-hook-types.ts";

/**
 * Creates the hook for lists that are read page by page, over the client of other hooks.
 *
 * @example
 * ```tsx
 * import { createClient } from "@x/client";
 * import { createHooks } from "@x/react";
 * import { createPagesHook } from "@x/react/pages";
 *
 * interface Api {
 *   posts: { GET: { data: { titles: string[]; next?: string }; query: { cursor?: string | undefined } } };
 * }
 *
 * const usePages = createPagesHook(createHooks(createClient<Api>({ baseUrl: "/api" })));
 *
 * export function Posts() {
 *   const { pages, hasNext, fetchNext } = usePages("posts", {
 *     initialPageParam: undefined as string | undefined,
 *     toRequest: (cursor) => ({ query: { cursor } }),
 *     getNextPageParam: (lastPage) => lastPage.next,
 *   });
 *   const titles = pages.flatMap((page) => page.titles);
 *   return (
 *     <>
 *       {titles.map((title) => <p key={title}>{title}</p>)}
 *       {hasNext && <button onClick={() => void fetchNext()}>More</button>}
 *     </>
 *   );
 * }
 * ```
 */
export function createPagesHook<Client extends ClientLike>(
  hooks: Pick<CoreHooks<Client>, "~scope" | "useClient">,
): UsePages<ApiOf<Client>, PluginsOf<Client>> {
  const scope = scopeOf(hooks);

  function usePages(path: string, given: AnyPagesOptions & PagesBehaviour) {
    const { keepPreviousData = false, ...options } = given;
    const client = scope.useClient();
    const { toRequest, initialPageParam } = options;
    const key = scope.quietly(() => client.queryKeyOf(path, toRequest(initialPageParam)));
    const list = useMemo(
      // Inside, nothing looks at the types of pages and params.
      () => createPages(client as never, path as never, options as never) as unknown as List,
      // Lists are known by their first pages.
      [client, path, key],
    );
    const latest = useMemo((): Latest => ({ list: undefined }), [client, path]);
    const toView = useMemo(
      () => viewsOf(list, () => (keepPreviousData && latest.list !== list ? latest.list : undefined)),
      [list, latest, keepPreviousData],
    );
    const result = useObserved<PagesSnapshot, AnyPagesOptions, AnyPagesResult>(scope, list, options, toView);
    useEffect(() => {
      if (list.getSnapshot().pages.length > 0) latest.list = list;
    });
    return result;
  }
  return usePages as unknown as UsePages<ApiOf<Client>, PluginsOf<Client>>;
}

interface AnyPagesOptions {
  readonly initialPageParam: unknown;
  readonly toRequest: (pageParam: unknown) => GenericRequestOptions;
}

type List = PagesObserver<
  unknown,
  unknown,
  PagesSnapshot["error"] & object,
  PagesSnapshot["meta"],
  AnyPagesOptions
>;
type AnyPagesResult = PagesResult<unknown, unknown, PagesSnapshot["error"] & object, PagesSnapshot["meta"]>;

/** The list of which a component showed pages last. */
interface Latest {
  list: List | undefined;
}

const NO_PAGES: Pick<PagesSnapshot, "pages" | "pageParams"> = { pages: [], pageParams: [] };

/**
 * Shows where a list stands. One that is not mounted yet is about to ask for its first page. Meanwhile the pages of the
 * list that `getPrevious` gives are shown, as far as the client still has them.
 */
function viewsOf(list: List, getPrevious: () => List | undefined) {
  const { fetchNext, fetchPrevious, refetch, retry, reset } = list;
  const actions = { fetchNext, fetchPrevious, refetch, retry, reset };
  return (snapshot: PagesSnapshot, mounted: boolean): AnyPagesResult => {
    const { fetching, fetchingNext, fetchingPrevious, stale, ...rest } = snapshot;
    const awaited = !mounted && rest.status === "idle";
    const isFetching = fetching || awaited;
    const status = awaited ? "pending" : rest.status;
    const previous = (status === "pending" && getPrevious()?.getSnapshot()) || NO_PAGES;
    const isPreviousData = previous.pages.length > 0;
    const { pages, pageParams } = isPreviousData ? previous : rest;
    return {
      ...rest,
      pages,
      pageParams,
      status,
      isFetching,
      isLoading: isFetching && pages.length === 0,
      isFetchingNext: fetchingNext,
      isFetchingPrevious: fetchingPrevious,
      isPreviousData,
      isStale: stale,
      ...actions,
    };
  };
}
