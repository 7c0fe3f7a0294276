import type { DataOf, EndpointOf, ErrorOf, PathsWith } from "../client/api-types.ts";
import type { ClientBase, PathArgument } from "../client/client-types.ts";
import type { Runtime } from "../client/runtime-types.ts";
import type { ClientError } from "../errors.ts";
import { assertCount, assertFunctions } from "../operations/invalid-option.ts";
import { rememberedBy } from "../operations/remembered.ts";
import { runtimeOf } from "../operations/runtime-of.ts";
import { createSharedObserver } from "../operations/shared-observer.ts";
import type { PluginMeta } from "../plugin/plugin-additions.ts";
import type { AnyPlugin } from "../plugin/plugin.ts";
import { createPageList, type PageList } from "./page-list.ts";
import type { AnyPagesOptions } from "./pages-internal.ts";
import type { PagesObserver, PagesOptions, PagesSnapshot } from "./pages-types.ts";

/**
 * Follows a list that is read page by page, in both directions. Each page is a request of the operation `pages` and has
 * its own entry in the state; observers with the same first page share one list.
 *
 * @throws ClientError `INVALID_OPTION`.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { createPages } from "@x/client/pages";
 *
 * interface Api {
 *   posts: { GET: { data: { items: string[]; nextCursor?: string }; query: { cursor?: string | undefined } } };
 * }
 *
 * const client = createClient<Api>({ baseUrl: "/api" });
 * const posts = createPages(client, "posts", {
 *   initialPageParam: undefined as string | undefined,
 *   toRequest: (cursor) => ({ query: { cursor } }),
 *   getNextPageParam: (lastPage) => lastPage.nextCursor,
 * });
 * posts.subscribe(() => console.log(posts.getSnapshot().pages.flatMap(({ items }) => items)));
 * posts.mount();
 * await posts.fetchNext();
 * ```
 */
export function createPages<Api, Plugins extends readonly AnyPlugin[], Path extends string, PageParam>(
  client: ClientBase<Api, Plugins>,
  path: PathArgument<Path, PathsWith<Api, "GET">>,
  options: PagesOptions<Api, Path, Plugins, DataOf<EndpointOf<Api, Path, "GET">>, PageParam>,
): PagesObserver<
  DataOf<EndpointOf<Api, Path, "GET">>,
  PageParam,
  ErrorOf<EndpointOf<Api, Path, "GET">>,
  PluginMeta<Plugins>,
  PagesOptions<Api, Path, Plugins, DataOf<EndpointOf<Api, Path, "GET">>, PageParam>
> {
  // The types of pages and params are for the caller: inside nothing looks at either.
  return createPagesObserver(runtimeOf(client), path, options as unknown as AnyPagesOptions) as never;
}

function createPagesObserver(
  runtime: Runtime,
  path: string,
  initialOptions: AnyPagesOptions,
): PagesObserver<unknown, unknown, ClientError, PagesSnapshot["meta"], AnyPagesOptions> {
  const { observer, current } = createSharedObserver<AnyPagesOptions, PagesSnapshot, PageList>(
    runtime,
    path,
    initialOptions,
    {
      keyOf: (options) => keyOf(runtime, path, options),
      find: (key, options) =>
        rememberedBy<PageList>(runtime, "pages").get(key, () => createPageList(runtime, path, key, options)),
    },
  );

  async function act(fetch: (list: PageList) => Promise<void>): Promise<PagesSnapshot> {
    const [list, options] = current();
    list.use(options);
    await fetch(list);
    return observer.getSnapshot();
  }

  return {
    ...observer,
    fetchNext: () => act((list) => list.add("next")),
    fetchPrevious: () => act((list) => list.add("previous")),
    refetch: () => act((list) => list.run({ forced: true, anew: true })),
    retry: (failure) => act((list) => list.retry(failure)),
    reset: () => act((list) => list.reset()),
  };
}

/** The key of a list: that of its first page. */
function keyOf(runtime: Runtime, path: string, options: AnyPagesOptions): string {
  const { initialPageParam, toRequest, getNextPageParam, getPreviousPageParam, maxPages } = options;
  assertFunctions("pages", {
    toRequest,
    getNextPageParam,
    ...(getPreviousPageParam && { getPreviousPageParam }),
  });
  assertCount("pages", "maxPages", maxPages ?? Infinity);
  return runtime.queryKeyOf(path, toRequest(initialPageParam));
}
