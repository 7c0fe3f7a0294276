import { answer } from "../http/answer.ts";
import type { HttpReply } from "../http/http-reply.ts";
import type { ApiRoute, ReadyRoute } from "./api-route.ts";
import type { AppRequest } from "./app-request.ts";
import type { AppRoutes } from "./app-routes.ts";
import type { Failures } from "./failures.ts";
import { toLivenessReply, toReadinessReply } from "./health.ts";
import type { Mounter } from "./mounter.ts";
import type { RouteTable } from "./route-table.ts";

/** A reply, or `undefined` where the path is not the app's. */
export type Dispatched = HttpReply | undefined | Promise<HttpReply> | Promise<HttpReply | undefined>;

/** What a dispatcher works with. */
export interface DispatcherParts {
  readonly routes: AppRoutes;
  readonly mounter: Mounter;
  readonly failures: Failures;
  /** 0 is no limit. */
  readonly requestTimeoutMs: number;
}

/** Brings requests to their functions. What adapters do about sockets and streams is no affair of it. */
export class Dispatcher {
  /** From when the app closes: whoever asks whether it is ready hears so, and requests go on. */
  closing = false;
  /** From when functions are closed. */
  closed = false;
  readonly #routes: AppRoutes;
  readonly #mounter: Mounter;
  readonly #failures: Failures;
  readonly #requestTimeoutMs: number;

  constructor({ routes, mounter, failures, requestTimeoutMs }: DispatcherParts) {
    this.#routes = routes;
    this.#mounter = mounter;
    this.#failures = failures;
    this.#requestTimeoutMs = requestTimeoutMs;
  }

  /** Answers a request. It never rejects. */
  dispatch(request: AppRequest): Dispatched {
    if (this.closed) return this.#failures.refuse(request.event, "closing");
    const { table } = this.#routes;
    if (table) return this.#answer(table, request);
    return this.#routes.open().then(
      (opened) => this.#answer(opened, request),
      (error: unknown) => this.#failures.reply(request.event, error),
    );
  }

  /** Answers `/healthz` and `/readyz` where the project does not. */
  async checkHealth(request: AppRequest): Promise<HttpReply | undefined> {
    const { path, method } = request.event;
    const table = await this.#routes.open().catch(() => undefined);
    if (table?.has(path)) return this.dispatch(request);
    if (method !== "GET" && method !== "HEAD") return this.#failures.refuse(request.event, "notAllowed");
    if (path === "/healthz") return toLivenessReply();
    this.#mounter.retryFailed();
    return toReadinessReply(await this.#mounter.readiness(this.closing));
  }

  #answer(table: RouteTable<ApiRoute>, request: AppRequest): Promise<HttpReply> | undefined {
    const route = table.find(request.event.path);
    if (!route) return undefined;
    route.enter();
    request.route = route;
    const deadline = this.#requestTimeoutMs > 0 ? Date.now() + this.#requestTimeoutMs : undefined;
    return route.ready ? run(route, route.ready, request, deadline) : this.#mount(route, request, deadline);
  }

  async #mount(route: ApiRoute, request: AppRequest, deadline: number | undefined): Promise<HttpReply> {
    try {
      return await run(route, await route.mount(), request, deadline);
    } catch (error) {
      const { name, file } = route.definition;
      return this.#failures.reply(request.event, error, { func: name, file });
    }
  }
}

/** Tells the paths of `checkHealth`. */
export function isHealthPath(path: string): boolean {
  return path === "/healthz" || path === "/readyz";
}

function run(
  { contract }: ApiRoute,
  { mounted, methods, declarations }: ReadyRoute,
  { event, signalSource }: AppRequest,
  deadline: number | undefined,
): Promise<HttpReply> {
  return answer(mounted, event, { methods, declarations, contract, signalSource, deadline });
}
