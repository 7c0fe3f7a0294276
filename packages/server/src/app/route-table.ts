import { ServerError } from "../errors.ts";
import { isCleanPath } from "./clean-path.ts";

/** Where something is reached. */
export interface RoutePlace {
  /** Decoded paths that reach it exactly, such as `/orders/create`. */
  readonly paths: readonly string[];
  /** Folders in which it answers whatever nothing else does: "" is the root, `/orders` one below it. */
  readonly folders: readonly string[];
  /** What an error calls it: its file, or its key in code. */
  readonly source: string;
}

/**
 * Finds a route by its path. It holds what it was made with and nothing else: no request adds to it.
 *
 * @throws ServerError `DUPLICATE_ROUTE` that names every path with two sources.
 */
export class RouteTable<Route extends RoutePlace> {
  readonly routes: readonly Route[];
  readonly #exact = new Map<string, Route>();
  readonly #folders = new Map<string, Route>();
  /** How many segments the deepest folder has: nothing below needs a look. */
  #depth = 0;

  constructor(routes: readonly Route[]) {
    this.routes = routes;
    const faults: string[] = [];
    const add = (map: Map<string, Route>, key: string, path: string, route: Route) => {
      const other = map.get(key);
      if (other) faults.push(`${path} is both ${other.source} and ${route.source}`);
      else map.set(key, route);
    };
    for (const route of routes) {
      for (const path of route.paths) add(this.#exact, path, path, route);
      for (const folder of route.folders) {
        add(this.#folders, folder, `${folder}/*`, route);
        this.#depth = Math.max(this.#depth, folder.split("/").length - 1);
      }
    }
    if (faults.length > 0)
      throw new ServerError(
        "DUPLICATE_ROUTE",
        `two routes in one place: ${faults.join("; ")}; remove one of each`,
        {
          faults: faults.map((message) => ({ message })),
        },
      );
  }

  /** Case-sensitive, and with a trailing slash it is another path, which nothing answers. */
  find(path: string): Route | undefined {
    return this.#exact.get(path) ?? this.#findFolder(path);
  }

  /** Whether a route has this very path. */
  has(path: string): boolean {
    return this.#exact.has(path);
  }

  #findFolder(path: string): Route | undefined {
    if (this.#folders.size === 0 || !isCleanPath(path)) return undefined;
    let end = path === "/" ? 0 : endOfSegments(path, this.#depth);
    for (;;) {
      const route = this.#folders.get(path.slice(0, end));
      if (route || end === 0) return route;
      end = path.lastIndexOf("/", end - 1);
    }
  }
}

/** Where the first `count` segments end. */
function endOfSegments(path: string, count: number): number {
  let end = 0;
  for (let left = count; left > 0; left -= 1) {
    end = path.indexOf("/", end + 1);
    if (end === -1) return path.length;
  }
  return end;
}
