import type { Instrument } from "../func/func-environment.ts";
import type { FuncConfig, Logger } from "../types.ts";
import type { RouteState } from "./api-route.ts";
import type { AppContract } from "./contract/app-contract.ts";
import type { AppFunc } from "./app-func.ts";

/** Options of `createApp`. */
export interface AppOptions {
  /** The folder of the API files: a path from the working directory, or a `file:` URL. */
  readonly root?: string | URL | undefined;
  /**
   * Functions by path, such as `orders/create`; `""` is the root, `orders/*` answers whatever nothing else below does.
   * They need no file system. With `root` as well, both count.
   */
  readonly routes?: Readonly<Record<string, AppFunc>> | undefined;
  /** What all functions of `routes` are configured with. What they say themselves wins. */
  readonly config?: FuncConfig | undefined;
  /**
   * What `x types` has written of the APIs. Requests that say they were made by another contract are answered 412 before
   * anything of the API runs. `false`: none of that. Default: the `contract.json` of `root`, if there is one.
   */
  readonly contract?: AppContract | false | undefined;
  /** Whose sections of `faas.yaml` count beside `defaults`. Default: `development`. */
  readonly stage?: string | undefined;
  /** The variables that `${NAME}` in `faas.yaml` stands for. Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Default: JSON lines by pino, without the values that `${NAME}` stands for. */
  readonly logger?: Logger | undefined;
  /** Where the default logger's lines go. Default: the standard output. */
  readonly logDestination?: { write(line: string): void } | undefined;
  /** How long all `onMount` hooks of a function may take together. Default: 30,000. */
  readonly mountTimeoutMs?: number | undefined;
  /** How long a function may take to answer; then the client gets a 503 and `data.signal` aborts. 0 is no limit. Default: 60,000. */
  readonly requestTimeoutMs?: number | undefined;
  /** Whether files will change: then `reload` replaces those that have, and no others. Default: `false`. */
  readonly development?: boolean | undefined;
  /** Wraps the steps of every function, such as to trace them. */
  readonly instrument?: Instrument | undefined;
}

/** What is known of a route. */
export interface RouteInfo {
  /** Where it is reached, such as `/orders/create`; `/orders/*` for what answers whatever nothing else does. */
  readonly path: string;
  /** All its paths. */
  readonly paths: readonly string[];
  /** Absolute path of its file. */
  readonly file?: string | undefined;
  readonly state: RouteState;
  /** Once it is loaded. */
  readonly methods?: readonly string[] | undefined;
  /** Names, outermost first: once it is loaded those in code, once it is mounted all that take part in requests. */
  readonly plugins?: readonly string[] | undefined;
  /** Why it did not load or mount. */
  readonly failure?: unknown;
}

/** Options of `app.listen`. Times are in milliseconds. */
export interface ListenOptions {
  /** 0 takes a free one. Default: 3000. */
  readonly port?: number | undefined;
  /** The address to listen at: `0.0.0.0` or `::` for all. Default: `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Whether functions are mounted as soon as the server listens, and not by their first requests. Default: `true`. */
  readonly mount?: boolean | undefined;
  /** Whether SIGTERM and SIGINT close the app. Default: `true`. */
  readonly signals?: boolean | undefined;
  /** How long running requests may go on once the app closes. Default: 10,000. */
  readonly graceMs?: number | undefined;
  /** How long a client may take to send the headers of a request. 0 is no limit. Default: 10,000. */
  readonly headersTimeoutMs?: number | undefined;
  /** How long a client may take to send a body, from when it is read. 0 is no limit. Default: 60,000. */
  readonly bodyTimeoutMs?: number | undefined;
  /** How long a client may leave what is sent to it unread. 0 is no limit. Default: 60,000. */
  readonly sendTimeoutMs?: number | undefined;
  /**
   * How long a connection without a request stays open. It should be longer than that of a proxy in front.
   * Default: 65,000.
   */
  readonly keepAliveTimeoutMs?: number | undefined;
  /** How many connections may be open at a time; those beyond are closed at once. Default: 10,000. */
  readonly maxConnections?: number | undefined;
  /** How long all headers of a request may be together. Default: 16,384. */
  readonly maxHeaderBytes?: number | undefined;
}

/** A server that listens. */
export interface Listening {
  /** Such as `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, and waits for those that run. With the last server of an app, the app is closed too. */
  close(): Promise<void>;
}

/** Options of `app.close`. */
export interface CloseOptions {
  /** How long running requests may go on. Default: what `listen` was given, or 10,000. */
  readonly graceMs?: number | undefined;
}

/** What `app.fetch` can be told beside the request. */
export interface FetchInfo {
  /** The peer's address, for `event.remoteAddress`. */
  readonly remoteAddress?: string | undefined;
}

/** A handler for `node:http`, Express and whatever else calls `(request, response, next)`. */
export type Middleware = (request: object, response: object, next?: (error?: unknown) => void) => void;

/** Functions behind HTTP. */
export interface App extends AsyncDisposable {
  /**
   * Answers a request on any runtime. It never rejects, and works without its object.
   *
   * @param info Says where the request comes from: a `FetchInfo`, or what Deno passes. Whatever else a runtime passes is
   * not read, so that `{ fetch: app.fetch }` is all that a worker or Bun need.
   */
  readonly fetch: (request: Request, info?: FetchInfo | object) => Promise<Response>;
  /**
   * Listens on Node.
   *
   * @throws ServerError `PORT_IN_USE`, `LISTEN_FAILED`, `INVALID_ROOT`, `INVALID_CONTRACT`, `DUPLICATE_ROUTE`,
   * `APP_CLOSED`.
   */
  listen(options?: ListenOptions): Promise<Listening>;
  /** For a Node app that is there already. What is no route of this app goes to `next`. */
  middleware(): Middleware;
  /**
   * All routes, sorted by path. It loads nothing.
   *
   * @throws ServerError `INVALID_ROOT`, `INVALID_CONTRACT`, `DUPLICATE_ROUTE`.
   */
  routes(): Promise<readonly RouteInfo[]>;
  /** The route that answers a path, decoded and without query. */
  find(path: string): Promise<RouteInfo | undefined>;
  /**
   * The function that answers a path, loaded and not yet mounted.
   *
   * @throws ServerError `INVALID_API` when its file cannot be loaded, or exports none.
   */
  load(path: string): Promise<AppFunc | undefined>;
  /**
   * Loads and mounts all functions.
   *
   * @throws ServerError `MOUNT_FAILED` with a fault for each that failed, after all were tried.
   */
  mount(): Promise<void>;
  /**
   * Takes in what has changed on disk. Functions that changed are loaded afresh by their next requests; the old ones
   * are closed when their last requests have ended. When it fails, requests fail too, until a reload succeeds.
   *
   * @param changed Paths of files; without them everything is loaded afresh.
   * @throws ServerError `INVALID_ROOT`, `INVALID_CONTRACT`, `DUPLICATE_ROUTE`.
   */
  reload(changed?: readonly string[]): Promise<void>;
  /**
   * Takes no more requests, ends event streams, waits for whatever else runs, and runs every plugin's `onClose`, once.
   *
   * @throws ServerError `CLOSE_FAILED` when some of them failed.
   */
  close(options?: CloseOptions): Promise<void>;
}
