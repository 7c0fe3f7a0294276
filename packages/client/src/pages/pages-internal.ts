import type { GenericRequestOptions } from "../request/context-types.ts";
import type { Paging } from "./pages-types.ts";

/** Options of a list as its parts know them: the types of pages are the caller's affair. */
export type AnyPagesOptions = Paging<unknown, unknown, Pick<GenericRequestOptions, "params" | "query">> &
  GenericRequestOptions;

/** The options of the request for one page. */
export function toPageRequest(
  options: AnyPagesOptions,
  pageParam: unknown,
  forced: boolean,
): GenericRequestOptions {
  const { initialPageParam: _first, toRequest, getNextPageParam: _next, ...rest } = options;
  const { getPreviousPageParam: _previous, maxPages: _max, ...common } = rest;
  return {
    ...common,
    ...toRequest(pageParam),
    method: "GET",
    operation: "pages",
    forceRefetch: forced || (common.forceRefetch ?? false),
  };
}
