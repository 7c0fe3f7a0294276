import { existsSync } from "node:fs";
import type { ContractChecker } from "./contract-checker.ts";
import { ContractCache, type KnownRoute } from "./contract-cache.ts";
import { ContractFiles } from "./contract-files.ts";
import type { ContractRoute } from "./contract-routes.ts";
import type { ContractPlace } from "./contract-place.ts";
import { toContractSource } from "./contract-source.ts";
import { type RouteShapes, toShapesSource } from "./contract-shapes.ts";
import { findUnreadTags, type UnreadTag } from "./find-unread-tags.ts";
import type { TypeProblem } from "./read-route.ts";
import { SourceSnapshot } from "./source-snapshot.ts";

/** What an update did, or would have done. */
export interface ContractUpdate {
  readonly file: string;
  /** Whether the files are not what they should be, or were not until now. */
  readonly isOutdated: boolean;
  /** Methods of paths, such as `orders/create POST`. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** How many paths there are. */
  readonly paths: number;
  /** How many of them TypeScript was asked about. */
  readonly checked: number;
  /** Routes without types, or not all of them. */
  readonly problems: readonly RouteProblem[];
  readonly unreadTags: readonly UnreadTag[];
}

/** A route of whose types something is missing. */
export interface RouteProblem extends TypeProblem {
  readonly path: string;
  /** Whether some of its types are known. */
  readonly isPartial: boolean;
}

/** Brings the contract up to date with the API files. One that lives on remembers what TypeScript has parsed. */
export class ContractUpdater {
  readonly #place: ContractPlace;
  readonly #files: ContractFiles;
  readonly #cache: ContractCache;
  #checker: ContractChecker | undefined;

  constructor(place: ContractPlace) {
    this.#place = place;
    this.#files = new ContractFiles(place.file);
    this.#cache = new ContractCache(place.folder, place.file);
  }

  /**
   * Writes what differs; with `isDry` it only looks.
   *
   * @throws CliError `TARGET_EXISTS` when another file is in the place, `WRITE_FAILED` for what the disk refuses.
   */
  async update(
    listed: readonly ContractRoute[],
    { isDry = false }: { readonly isDry?: boolean } = {},
  ): Promise<ContractUpdate> {
    const { folder, file } = this.#place;
    // Since they were listed, some may have gone.
    const routes = listed.filter(isThere);
    const before = this.#files.read();
    // The types are known by the paths alone, and nobody has to wait for the rest.
    const early = toContractSource(routes, before.hashesOf(routes), file);
    if (!isDry) this.#files.write({ ...before, source: early });
    const snapshot = new SourceSnapshot(folder, file);
    const known = this.#cache.find(routes, snapshot);
    const knownPaths = new Set(known.map(({ path }) => path));
    const stale = routes.filter(({ path }) => !knownPaths.has(path));
    const read = stale.length === 0 ? known : await this.#check(routes, { known, stale, early, snapshot });
    // And some more while TypeScript was looking: of these it knows no types.
    const left = routes.filter(isThere);
    const all = read.filter(({ path }) => left.some((route) => route.path === path));
    const shapes = new Map(all.map(({ path, methods }) => [path, methods]));
    const hashes = toHashes(shapes);
    const named = Object.fromEntries(hashes);
    const after = { source: toContractSource(left, named, file), shapes: toShapesSource(shapes) };
    const isOutdated = after.source !== before.source || after.shapes !== before.shapes;
    if (!isDry) this.#files.write(after);
    return {
      file,
      isOutdated,
      added: [...hashes.keys()].filter((name) => !before.hashes.has(name)),
      changed: [...hashes].flatMap(([name, hash]) =>
        before.hashes.has(name) && before.hashes.get(name) !== hash ? [name] : [],
      ),
      removed: [...before.hashes.keys()].filter((name) => !hashes.has(name)),
      paths: left.length,
      checked: stale.length,
      problems: all.flatMap(({ path, methods, problem }) =>
        problem ? [{ path, isPartial: Object.keys(methods).length > 0, ...problem }] : [],
      ),
      unreadTags: findUnreadTags(all),
    };
  }

  async #check(
    routes: readonly ContractRoute[],
    {
      known,
      stale,
      early,
      snapshot,
    }: {
      readonly known: readonly KnownRoute[];
      readonly stale: readonly ContractRoute[];
      readonly early: string;
      readonly snapshot: SourceSnapshot;
    },
  ): Promise<readonly KnownRoute[]> {
    const { ContractChecker: Checker } = await import("./contract-checker.ts");
    const { folder, file } = this.#place;
    this.#checker ??= new Checker(folder);
    const { ambient } = snapshot;
    const checked = this.#checker.check({ routes: stale, ambient, file, source: early });
    const byPath = new Map([...known, ...checked.routes].map((route) => [route.path, route]));
    const all = routes.flatMap(({ path }) => byPath.get(path) ?? []);
    this.#cache.keep(all, checked.shared, snapshot);
    return all;
  }
}

function isThere({ file }: ContractRoute): boolean {
  return existsSync(file);
}

/** By path and method, sorted. */
function toHashes(routes: ReadonlyMap<string, RouteShapes>): Map<string, string> {
  const hashes: [string, string][] = [];
  for (const [path, methods] of routes)
    for (const [method, { hash }] of Object.entries(methods)) hashes.push([`${path} ${method}`, hash]);
  return new Map(hashes.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
