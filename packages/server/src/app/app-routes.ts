import { ServerError } from "../errors.ts";
import type { Logger } from "../types.ts";
import { ApiRoute } from "./api-route.ts";
import { type AppContract, findContract } from "./contract/app-contract.ts";
import type { RouteSource } from "./route-source.ts";
import { RouteTable } from "./route-table.ts";

/** How long functions may take to close even where there is no grace for requests. */
const LEAST_CLOSE_MS = 1_000;

/** What an app's routes are made from. */
export interface AppRoutesParts {
  readonly openSources: () => Promise<readonly RouteSource[]>;
  /** Asked with every scan. */
  readonly loadContract: () => Promise<AppContract | undefined>;
  readonly logger: Logger;
}

/** The routes of an app as they are now, and how they become what their sources say after a change. */
export class AppRoutes {
  /** Set once the sources are scanned, unset after a reload that failed. */
  table: RouteTable<ApiRoute> | undefined;
  readonly #openSources: () => Promise<readonly RouteSource[]>;
  readonly #loadContract: () => Promise<AppContract | undefined>;
  readonly #logger: Logger;
  readonly #owners = new WeakMap<object, ApiRoute>();
  readonly #stale = new WeakSet<ApiRoute>();
  #sources: readonly RouteSource[] = [];
  #routes: readonly ApiRoute[] = [];
  #opening: Promise<RouteTable<ApiRoute>> | undefined;
  /** Replaced, and not closed yet. */
  readonly #retiring = new Set<ApiRoute>();

  constructor({ openSources, loadContract, logger }: AppRoutesParts) {
    this.#openSources = openSources;
    this.#loadContract = loadContract;
    this.#logger = logger;
  }

  /**
   * The table, scanned once. A failure stays until the next reload: requests look at no disk.
   *
   * @throws ServerError `INVALID_ROOT`, `DUPLICATE_ROUTE`, `INVALID_APP`, `INVALID_CONTRACT`.
   */
  open(): Promise<RouteTable<ApiRoute>> {
    return (this.#opening ??= this.#open());
  }

  /**
   * Makes routes anew that have changed, and retires those that are gone. The others stay as they are.
   *
   * @param changed Absolute paths of files; `undefined` for whatever there is.
   */
  reload(changed: readonly string[] | undefined): Promise<RouteTable<ApiRoute>> {
    const before = this.#opening?.catch(() => {});
    return (this.#opening = this.#reload(before, changed));
  }

  /**
   * Closes all functions, also those that a reload has replaced, when their last requests have ended and at the latest
   * after `graceMs`. They may take as long again to close.
   *
   * @returns What they threw.
   */
  async close(graceMs: number): Promise<unknown[]> {
    await this.#opening?.catch(() => {});
    for (const source of this.#sources) source.close();
    const routes = [...this.#routes, ...this.#retiring];
    await withinTime(Promise.all(routes.map((route) => route.idle())), graceMs);
    const errors: unknown[] = [];
    const close = async (route: ApiRoute): Promise<void> => {
      const closing = route.close().catch((error: unknown) => errors.push(error));
      const limitMs = Math.max(graceMs, LEAST_CLOSE_MS);
      if (await withinTime(closing, limitMs)) return;
      errors.push(new ServerError("CLOSE_FAILED", `${route.source} did not close within ${limitMs} ms`));
    };
    await Promise.all(routes.map(close));
    return errors;
  }

  async #open(): Promise<RouteTable<ApiRoute>> {
    if (this.#sources.length === 0) this.#sources = await this.#openSources();
    return this.#scan();
  }

  async #reload(before: Promise<unknown> | undefined, changed: readonly string[] | undefined) {
    await before;
    const broken = this.#routes.filter((route) => route.failure !== undefined);
    for (const source of this.#sources) {
      const isStale = source.invalidate(
        changed,
        broken.map(({ definition }) => definition),
      );
      for (const route of this.#routes) if (isStale(route.definition)) this.#stale.add(route);
    }
    try {
      return await this.#open();
    } catch (error) {
      this.table = undefined;
      throw error;
    }
  }

  async #scan(): Promise<RouteTable<ApiRoute>> {
    const [contract, ...found] = await Promise.all([
      this.#loadContract(),
      ...this.#sources.map((source) => source.scan()),
    ]);
    const known = new Map(this.#routes.map((route) => [route.source, route]));
    const routes = found.flat().map((definition) => {
      const route = known.get(definition.source);
      if (!route || this.#stale.has(route)) return new ApiRoute(definition, this.#owners);
      route.definition = definition;
      return route;
    });
    const table = new RouteTable(routes);
    for (const route of routes) route.contract = contract && findContract(contract, route.paths);
    const gone = this.#routes.filter((route) => !routes.includes(route));
    this.#routes = routes;
    this.table = table;
    for (const route of gone) void this.#retire(route);
    return table;
  }

  async #retire(route: ApiRoute): Promise<void> {
    this.#retiring.add(route);
    try {
      await route.idle();
      await route.close();
    } catch (error) {
      this.#logger.error({ err: error, source: route.source }, "a function that was replaced did not close");
    } finally {
      this.#retiring.delete(route);
    }
  }
}

/** Tells whether it was over in time. */
async function withinTime(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, limitMs, false);
  });
  try {
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
