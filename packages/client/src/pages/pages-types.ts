import type { EndpointOf, InputOf } from "../client/api-types.ts";
import type { ClientError } from "../errors.ts";
import type { PluginOptions } from "../plugin/plugin-additions.ts";
import type { AnyPlugin } from "../plugin/plugin.ts";
import type { CommonOptions } from "../request/context-types.ts";

/** Where pages are added to a list: after its last page, or before its first. */
export type PageDirection = "next" | "previous";

/** Tells from a page at one end of a list what the page beyond it is asked for with. `undefined`, `null`: there is none. */
export type GetPageParam<Page, PageParam> = (
  page: Page,
  allPages: readonly Page[],
  pageParam: PageParam,
  allPageParams: readonly PageParam[],
) => NoInfer<PageParam> | undefined | null;

/** How a list goes on. */
export interface Paging<Page, PageParam, Input> {
  /** What the first page is asked for with. */
  readonly initialPageParam: PageParam;
  /** The params and the query of one page. A list is known by those of its first page. */
  readonly toRequest: (pageParam: PageParam) => Input;
  /** Is given the last page, all pages, and what they were asked for with. */
  readonly getNextPageParam: GetPageParam<Page, PageParam>;
  /** Is given the first page, all pages, and what they were asked for with. Default: there is nothing before it. */
  readonly getPreviousPageParam?: GetPageParam<Page, PageParam> | undefined;
  /** How many pages the list holds. A page that is added beyond that takes the place of the one at the other end. */
  readonly maxPages?: number | undefined;
}

/** All options of a list: how it goes on, and what every one of its requests takes. */
export type PagesOptions<
  Api,
  Path extends string,
  Plugins extends readonly AnyPlugin[],
  Page,
  PageParam,
> = Paging<Page, PageParam, InputOf<EndpointOf<Api, Path, "GET">, Path>> &
  PluginOptions<Plugins, "pages"> &
  CommonOptions;

/** A page that could not be fetched. */
export interface PageFailure<Failure = ClientError, PageParam = unknown> {
  readonly pageParam: PageParam;
  readonly error: Failure;
  /** Where the page was to be added. `undefined` for one that was to be fetched again, and shows what it had. */
  readonly direction: PageDirection | undefined;
}

/** Where a list stands. The same object until something changes. */
export interface PagesSnapshot<
  Page = unknown,
  PageParam = unknown,
  Failure = ClientError,
  Meta = Readonly<Record<string, unknown>>,
> {
  /** The latest data of each page, from the first to the last, also while newer is fetched or has failed. */
  readonly pages: readonly Page[];
  /** What they were asked for with. */
  readonly pageParams: readonly PageParam[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** The pages that could not be fetched. `retry` fetches them again. */
  readonly failures: readonly PageFailure<Failure, PageParam>[];
  /** The first of the failures. */
  readonly error: Failure | undefined;
  readonly status: "idle" | "pending" | "success" | "error";
  /** Whether any page is fetched. */
  readonly fetching: boolean;
  readonly fetchingNext: boolean;
  readonly fetchingPrevious: boolean;
  /** Whether any page is known to be out of date. */
  readonly stale: boolean;
  readonly meta: Meta;
}

/** Follows a list that is read page by page, without any framework. What fetches resolves to what there is then. */
export interface PagesObserver<
  Page = unknown,
  PageParam = unknown,
  Failure = ClientError,
  Meta = Readonly<Record<string, unknown>>,
  Options = object,
> {
  /** Starts: runs `onMount` of the plugins, and asks for the pages of the list. Mounting twice changes nothing. */
  mount(): void;
  /** Takes new options. With another first page it is another list. */
  update(options: Options): void;
  /** Stops: runs `onUnmount` and cleanups, if no equal observer is mounted. It can be mounted again. */
  unmount(): void;
  /** Calls the listener after each change of the snapshot, and returns a function that stops it. */
  subscribe(listener: () => void): () => void;
  getSnapshot(): PagesSnapshot<Page, PageParam, Failure, Meta>;
  /** Adds the page after the last one. Twice at once is once. */
  fetchNext(): Promise<PagesSnapshot<Page, PageParam, Failure, Meta>>;
  /** Adds the page before the first one. Twice at once is once. */
  fetchPrevious(): Promise<PagesSnapshot<Page, PageParam, Failure, Meta>>;
  /** Fetches all pages again, one after the other, past any cache. Each stays until its new data has come. */
  refetch(): Promise<PagesSnapshot<Page, PageParam, Failure, Meta>>;
  /** Fetches again what has failed: that page, or all of them. */
  retry(failure?: PageFailure<Failure, PageParam>): Promise<PagesSnapshot<Page, PageParam, Failure, Meta>>;
  /** Goes back to the first page alone, and fetches that anew. */
  reset(): Promise<PagesSnapshot<Page, PageParam, Failure, Meta>>;
}
