import type { DataOf, EndpointOf, ErrorOf, InputOf, Method, PathsWith, UntypedApi } from "./api-types.ts";
import type { Clock } from "../clock.ts";
import type {
  CommonOptions,
  GenericRequestOptions,
  InstrumentSteps,
  QueryKeyParts,
} from "../request/context-types.ts";
import type { Flat } from "./flat.ts";
import type { ClientError } from "../errors.ts";
import type { EventEmitter } from "../event-emitter.ts";
import type { Observer } from "../observer/observer-types.ts";
import type {
  AnyPluginOptions,
  PluginMeta,
  PluginMethods,
  PluginOptions,
} from "../plugin/plugin-additions.ts";
import type { AnyPlugin } from "../plugin/plugin.ts";
import type { ClientResponse } from "../request/response.ts";
import type { DehydratedState, StateManager } from "../state/state-types.ts";
import type { Transport } from "../transport/transport.ts";

/** Options of `createClient`. */
export interface ClientConfig {
  /** What paths are appended to: absolute (`https://api.example/v1`), or relative to the page (`/api`). Default: "". */
  readonly baseUrl?: string;
  /** Headers of every request, or a function that gives them, called for every fetch. */
  readonly headers?: Headers | (() => Headers | Promise<Headers>);
  /** What sends the requests. Default: `fetchTransport()`. */
  readonly transport?: Transport;
  /** How long one fetch may take, in milliseconds. Default: no limit. */
  readonly timeoutMs?: number;
  /**
   * Whose data it is: an id, or a function that gives it, called for every request. It is part of every query key, so
   * it is no secret. Default: nobody's.
   */
  readonly identity?: Identity | (() => Identity);
  /**
   * On a server: gives what stands for the request that the code is running for, such as the store of an
   * `AsyncLocalStorage`, or `undefined` outside of any. A client that one request has touched throws `SECOND_SCOPE`
   * when another does.
   */
  readonly requestScope?: () => unknown;
  /** Default: the platform's. */
  readonly clock?: Clock;
  /**
   * Is told of what fails without failing a request, such as a throwing `afterResponse`. Default: the platform's
   * `reportError`, else `console.error`.
   */
  readonly onError?: (error: ClientError) => void;
  /** Wraps the steps of every chain, once: `(steps) => observeSteps(steps, observer)` shows what plugins do. */
  readonly instrument?: InstrumentSteps;
}

type Identity = string | null | undefined;

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * All options of one request. The detour through a tuple makes editors show the options themselves, where they would
 * show this type's name and arguments.
 */
export type RequestOptions<
  Declared,
  Path extends string,
  Plugins extends readonly AnyPlugin[],
  Operation extends string,
> = [Flat<InputOf<Declared, Path> & PluginOptions<Plugins, Operation>> & CommonOptions][0];

/** The options argument: optional where nothing in it is required, and with a path that the API does not have. */
export type OptionsArgument<Options> = [Options] extends [never]
  ? [options?: unknown]
  : object extends Options
    ? [options?: Options]
    : [options: Options];

/**
 * The path argument. Any string is inferred, so that one the API does not have is told to be wrong itself, and not
 * the options that it would need.
 */
export type PathArgument<Path extends string, Known extends string> = [Path] extends [Known] ? Path : Known;

/** What a method of a client does: the paths of the API that have it, their options, their response. */
export interface RequestMethod<
  Api,
  M extends Method,
  Operation extends string,
  Plugins extends readonly AnyPlugin[],
> {
  <Path extends string>(
    path: PathArgument<Path, PathsWith<Api, M>>,
    ...options: OptionsArgument<RequestOptions<EndpointOf<Api, Path, M>, Path, Plugins, Operation>>
  ): Promise<
    ClientResponse<DataOf<EndpointOf<Api, Path, M>>, ErrorOf<EndpointOf<Api, Path, M>>, PluginMeta<Plugins>>
  >;
}

/** A client of an API, with the plugins in its type. */
export type Client<Api = UntypedApi, Plugins extends readonly AnyPlugin[] = readonly []> = ClientBase<
  Api,
  Plugins
> &
  PluginMethods<Plugins>;

/** What every client has, whatever its plugins. */
export interface ClientBase<Api, Plugins extends readonly AnyPlugin[]> {
  readonly get: RequestMethod<Api, "GET", "read", Plugins>;
  readonly post: RequestMethod<Api, "POST", "write", Plugins>;
  readonly put: RequestMethod<Api, "PUT", "write", Plugins>;
  readonly patch: RequestMethod<Api, "PATCH", "write", Plugins>;
  readonly delete: RequestMethod<Api, "DELETE", "write", Plugins>;
  /** Any path, method and operation, untyped; through the same plugins with the same guarantees. */
  request(
    path: string,
    options?: GenericRequestOptions & AnyPluginOptions<Plugins>,
  ): Promise<ClientResponse<unknown, ClientError, PluginMeta<Plugins>>>;
  /** Follows one read over time: mount, update, unmount, and a snapshot of where it stands. */
  observe<Path extends string>(
    path: PathArgument<Path, PathsWith<Api, "GET">>,
    ...options: OptionsArgument<RequestOptions<EndpointOf<Api, Path, "GET">, Path, Plugins, "read">>
  ): Observer<
    DataOf<EndpointOf<Api, Path, "GET">>,
    ErrorOf<EndpointOf<Api, Path, "GET">>,
    PluginMeta<Plugins>,
    RequestOptions<EndpointOf<Api, Path, "GET">, Path, Plugins, "read">
  >;
  /** Follows requests of any method and operation. It sends nothing until `send` or `refetch` is called. */
  observeRequest(
    path: string,
    options?: GenericRequestOptions & AnyPluginOptions<Plugins>,
  ): Observer<unknown, ClientError, PluginMeta<Plugins>, GenericRequestOptions & AnyPluginOptions<Plugins>>;
  /**
   * Checks the plugins and gives a new client with them added to this one's. The two share nothing, and each is
   * disposed by itself.
   *
   * @throws PipelineError as `resolvePlugins` of `@x/pipeline` does; ClientError `SETUP_THREW` and `METHOD_TAKEN`.
   */
  use<const Added extends readonly AnyPlugin[]>(plugins: Added): Client<Api, readonly [...Plugins, ...Added]>;
  /** The query key of a request: what `stateManager` keeps its answer under. Default method: GET. */
  queryKeyOf(path: string, parts?: QueryKeyParts): string;
  /**
   * Asks `identity` at once, and returns what it gives. Call it when somebody has signed in or out: what is on screen
   * changes with it, while a request would only ask when it is made.
   */
  checkIdentity(): string | undefined;
  readonly stateManager: StateManager;
  readonly eventEmitter: EventEmitter;
  /** What `@x/client/pages` and its like stand on. It is no part of the API and changes without notice. */
  readonly "~runtime": object;
  /** The state as plain data, for `hydrate` of a client elsewhere. */
  dehydrate(): DehydratedState;
  /** Takes over state of the same identity. Entries that this client has newer ones of stay. */
  hydrate(state: DehydratedState): void;
  /** Ends timers, listeners, subscriptions and observers. Requests from then on fail with `CLIENT_DISPOSED`. */
  dispose(): void;
  [Symbol.dispose](): void;
}
