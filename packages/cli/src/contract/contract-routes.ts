import type { RouteInfo } from "@x/server/tooling";

/** A path of the contract, and the API file that answers it. */
export interface ContractRoute {
  /** As a client names it: `orders/create`. */
  readonly path: string;
  /** Absolute path. */
  readonly file: string;
}

/**
 * The paths that clients ask for by name. A fallback has none of its own, and an `index.api.ts` is known by its folder.
 */
export function toContractRoutes(routes: readonly RouteInfo[]): ContractRoute[] {
  return routes
    .flatMap(({ paths, file }) =>
      file === undefined ? [] : toNames(paths).map((path) => ({ path: path.slice(1), file })),
    )
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function toNames(paths: readonly string[]): readonly string[] {
  const others = new Set(
    paths.flatMap((path) => {
      if (path.endsWith("/*")) return [path, `${path.slice(0, -2)}/default`];
      return [path === "/" ? "/index" : `${path}/index`];
    }),
  );
  return paths.filter((path) => !others.has(path));
}
