import { ServerError } from "../errors.ts";
import { createDefaultLogger } from "../logger/default-logger.ts";
import type { AppFunc } from "./app-func.ts";
import { AppRoutes } from "./app-routes.ts";
import type {
  App,
  AppOptions,
  CloseOptions,
  Listening,
  ListenOptions,
  Middleware,
  RouteInfo,
} from "./app-types.ts";
import { checkAppOptions } from "./check-options.ts";
import type { AppContract } from "./contract/app-contract.ts";
import { createCodeRoutes } from "./code-routes.ts";
import { Dispatcher } from "./dispatcher.ts";
import type { AppHost } from "./environment.ts";
import { EventStreams } from "./event-streams.ts";
import { Failures } from "./failures.ts";
import { remoteAddressOf } from "./fetch/remote-address.ts";
import { serveFetch } from "./fetch/serve-fetch.ts";
import { Mounter } from "./mounter.ts";
import { NodeSide } from "./node-side.ts";
import { toRouteInfo } from "./route-info.ts";
import type { RouteSource } from "./route-source.ts";
import { SecretList } from "./secret-list.ts";

const MOUNT_TIMEOUT_MS = 30_000;
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * Puts functions behind HTTP: those of a folder of API files, or those that code gives.
 *
 * `orders/create.api.ts` answers `/orders/create`, `orders/index.api.ts` answers `/orders`, and
 * `orders/default.api.ts` answers whatever below `/orders` nothing else does. Paths are case-sensitive, and with a
 * trailing slash they are other paths.
 *
 * @example
 * ```ts
 * import { createApp, defineApi } from "@x/server";
 *
 * const app = createApp({ routes: { greet: defineApi({ method: "GET", handler: () => "hello" }) } });
 * const response = await app.fetch(new Request("http://localhost/greet"));
 * console.log(await response.json()); // hello
 * ```
 *
 * @throws ServerError `INVALID_APP`, `INVALID_ROOT`, `INVALID_CONTRACT` for options from which no app can be made.
 */
export function createApp(options: AppOptions): App {
  checkAppOptions(options);
  return new FuncApp(options);
}

class FuncApp implements App {
  readonly fetch: App["fetch"];
  readonly #routes: AppRoutes;
  readonly #mounter: Mounter;
  readonly #dispatcher: Dispatcher;
  readonly #node: NodeSide;
  /** Those of `fetch`. */
  readonly #eventStreams = new EventStreams();
  #closing: Promise<void> | undefined;

  constructor(options: AppOptions) {
    const { requestTimeoutMs = REQUEST_TIMEOUT_MS, mountTimeoutMs = MOUNT_TIMEOUT_MS, instrument } = options;
    const secrets = new SecretList();
    const { logDestination: destination } = options;
    const logger = options.logger ?? createDefaultLogger({ secrets: () => secrets.all, destination });
    const host: AppHost = { logger, mountTimeoutMs, instrument, secrets };
    this.#routes = new AppRoutes({
      openSources: () => openSources(options, host),
      loadContract: () => openContract(options),
      logger,
    });
    const failures = new Failures(logger);
    this.#mounter = new Mounter(this.#routes, failures);
    this.#dispatcher = new Dispatcher({
      routes: this.#routes,
      mounter: this.#mounter,
      failures,
      requestTimeoutMs,
    });
    const parts = { dispatcher: this.#dispatcher, logger, failures, requestTimeoutMs };
    this.#node = new NodeSide(parts);
    const fetchParts = { ...parts, eventStreams: this.#eventStreams };
    this.fetch = (request, info) => serveFetch(fetchParts, request, remoteAddressOf(info));
  }

  async listen(options: ListenOptions = {}): Promise<Listening> {
    this.#assertOpen();
    await this.#routes.open();
    const listening = await this.#node.listen(options, (close) => this.close(close));
    if (options.mount !== false) void this.#mounter.mountInBackground();
    return listening;
  }

  middleware(): Middleware {
    return this.#node.middleware();
  }

  async routes(): Promise<readonly RouteInfo[]> {
    const { routes } = await this.#routes.open();
    return routes.map(toRouteInfo).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  async find(path: string): Promise<RouteInfo | undefined> {
    const route = (await this.#routes.open()).find(path);
    return route && toRouteInfo(route);
  }

  async load(path: string): Promise<AppFunc | undefined> {
    return (await this.#routes.open()).find(path)?.load();
  }

  async mount(): Promise<void> {
    this.#assertOpen();
    await this.#mounter.mountAll();
  }

  async reload(changed?: readonly string[]): Promise<void> {
    this.#assertOpen();
    await this.#routes.reload(changed);
  }

  close({ graceMs = this.#node.graceMs }: CloseOptions = {}): Promise<void> {
    return (this.#closing ??= this.#close(graceMs));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(graceMs: number): Promise<void> {
    const startedAt = performance.now();
    this.#dispatcher.closing = true;
    this.#mounter.stop();
    this.#eventStreams.close();
    try {
      await this.#node.close(graceMs);
      this.#dispatcher.closed = true;
      const errors = await this.#routes.close(Math.max(0, startedAt + graceMs - performance.now()));
      if (errors.length > 0)
        throw new ServerError("CLOSE_FAILED", `${errors.length} functions failed to close`, {
          cause: new AggregateError(errors),
        });
    } finally {
      this.#node.forgetSignals();
    }
  }

  #assertOpen(): void {
    if (this.#closing) throw new ServerError("APP_CLOSED", "the app is closed: make another one");
  }
}

/** A contract in code needs no file system. */
async function openContract({ contract, root }: AppOptions): Promise<AppContract | undefined> {
  if (contract !== undefined) return contract || undefined;
  if (root === undefined) return undefined;
  const { loadContract } = await import("./files/load-contract.ts");
  return loadContract(root);
}

/** Nothing that reads a disk is imported for routes in code. */
async function openSources(options: AppOptions, host: AppHost): Promise<readonly RouteSource[]> {
  const { root, routes, stage, env, development = false } = options;
  const sources: RouteSource[] = [];
  if (routes) sources.push(createCodeRoutes({ ...options, routes }, host));
  if (root !== undefined) {
    const { FileRoutes } = await import("./files/file-routes.ts");
    sources.push(await FileRoutes.open({ root, stage, env, development }, host));
  }
  return sources;
}
