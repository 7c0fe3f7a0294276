import { type Fault, messageOf, ServerError } from "../errors.ts";
import type { ApiRoute } from "./api-route.ts";
import type { AppRoutes } from "./app-routes.ts";
import type { Failures } from "./failures.ts";
import { askPlugins, type Readiness, toReadiness } from "./health.ts";

/** Enough to wait for several databases at once; too few to open every file of a large project at once. */
const CONCURRENCY = 8;
const RETRY_MS = 1_000;

/** Mounts routes before any request needs them, and tells how far that has come. */
export class Mounter {
  readonly #routes: AppRoutes;
  readonly #failures: Failures;
  #running = 0;
  #retriedAt = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(routes: AppRoutes, failures: Failures) {
    this.#routes = routes;
    this.#failures = failures;
  }

  /**
   * Loads and mounts every route.
   *
   * @throws ServerError `MOUNT_FAILED` with a fault for each route that failed, after all were tried.
   */
  async mountAll(): Promise<void> {
    const { routes } = await this.#routes.open();
    const failures = await this.#mountEach(routes);
    if (failures.size > 0) throw toMountError(failures, routes.length);
  }

  /** Mounts every route while requests are served. What fails is logged, and tried again by the next request. */
  async mountInBackground(): Promise<void> {
    const failures = await this.#mountEach(this.#routes.table?.routes ?? []);
    for (const [{ definition }, error] of failures)
      this.#failures.log(error, { func: definition.name, file: definition.file });
  }

  /** What is asked whether it is ready tries again what failed to mount, at most once a second. */
  retryFailed(): void {
    const failed =
      this.#routes.table?.routes.filter((route) => route.failure !== undefined && !route.broken) ?? [];
    if (failed.length === 0 || this.#running > 0 || performance.now() < this.#retriedAt + RETRY_MS) return;
    this.#retriedAt = performance.now();
    void this.#mountEach(failed);
  }

  /** What has not begun to mount does not begin any more. */
  stop(): void {
    this.#stopped = true;
  }

  /** Tells whether functions are mounted, and whether what their plugins need is there. */
  async readiness(closing: boolean): Promise<Readiness> {
    const routes = this.#routes.table?.routes;
    return askPlugins(toReadiness(routes, { mounting: this.#running > 0, closing }), routes ?? []);
  }

  /** Gives what those threw that failed. */
  async #mountEach(routes: readonly ApiRoute[]): Promise<ReadonlyMap<ApiRoute, unknown>> {
    const failures = new Map<ApiRoute, unknown>();
    const queue = routes.values();
    const work = async () => {
      // All workers take from the one iterator.
      for (const route of queue)
        if (!this.#stopped) await route.mount().catch((error: unknown) => failures.set(route, error));
    };
    this.#running += 1;
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    this.#running -= 1;
    return failures;
  }
}

function toMountError(failures: ReadonlyMap<ApiRoute, unknown>, count: number): ServerError {
  const faults = [...failures].map(([route, error]): Fault => ({
    message: messageOf(error),
    file: route.definition.file,
  }));
  const list = [...failures].map(([route, error]) => `\n  ${route.definition.name}: ${messageOf(error)}`);
  return new ServerError(
    "MOUNT_FAILED",
    `${failures.size} of ${count} functions did not mount:${list.join("")}`,
    {
      faults,
      cause: new AggregateError(failures.values()),
    },
  );
}
