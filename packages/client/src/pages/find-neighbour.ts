import type { Runtime } from "../client/runtime-types.ts";
import { ClientError } from "../errors.ts";
import type { CacheEntry } from "../state/state-types.ts";
import type { PageAddress, PlacedPage } from "./page-chain.ts";
import type { AnyPagesOptions } from "./pages-internal.ts";
import type { PageDirection } from "./pages-types.ts";

/**
 * Tells which page is beyond the last (or first) of these. `undefined` when there is none, when the page at that end has
 * no data, and when it is one of them already. `null` when nobody knows, since a function of the options threw.
 */
export function findNeighbour(
  runtime: Runtime,
  path: string,
  options: AnyPagesOptions,
  direction: PageDirection,
  pages: readonly PlacedPage[],
): PageAddress | undefined | null {
  const entryOf = ({ key }: PlacedPage): CacheEntry | undefined => runtime.state.getCache(key);
  const end = pages.at(direction === "next" ? -1 : 0);
  const entry = end && entryOf(end);
  if (!entry) return undefined;
  const getPageParam = direction === "next" ? options.getNextPageParam : options.getPreviousPageParam;
  const known = pages.filter(entryOf);
  try {
    const param = getPageParam?.(
      entry.state.data,
      known.map((page) => entryOf(page)?.state.data),
      end.param,
      known.map((page) => page.param),
    );
    if (param === undefined || param === null) return undefined;
    const key = runtime.queryKeyOf(path, options.toRequest(param));
    // A server that gives the same cursor again would have it fetched for ever.
    return pages.some((page) => page.key === key) ? undefined : { param, key };
  } catch (cause) {
    runtime.report(
      new ClientError("OPTION_THREW", `a function that gives the pages of "${path}" threw`, { cause }),
    );
    return null;
  }
}
