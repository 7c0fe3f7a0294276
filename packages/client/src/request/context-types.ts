import type { StepDefinition } from "@x/pipeline";
import type { Clock } from "../clock.ts";
import type { ClientError } from "../errors.ts";
import type { EventEmitter } from "../event-emitter.ts";
import type { Flat } from "../client/flat.ts";
import type { ParamValue } from "./path.ts";
import type { MetaOf, OperationType, OptionsOf, PluginTypes, UntypedPlugin } from "../plugin/plugin-types.ts";
import type { PluginInternalRegistry } from "../registries.ts";
import type { ClientResponse, PluginResponse } from "./response.ts";
import type { StateManager } from "../state/state-types.ts";
import type { ResponseType, Transport } from "../transport/transport.ts";

/** What a request will send. Plugins change it before `next()`; it is encoded anew each time the core runs. */
export interface ClientRequest {
  /** Headers of this request. They win over the client's own; `undefined` takes one of those away. */
  headers: Record<string, string | undefined>;
  params: Readonly<Record<string, ParamValue>> | undefined;
  query: object | undefined;
  body: unknown;
  /**
   * Aborts when the caller's signal does, or the identity changes. It ends the fetch, and every wait of a plugin that
   * listens to it.
   */
  signal: AbortSignal | undefined;
  /** How long one fetch may take. */
  timeoutMs: number | undefined;
  responseType: ResponseType | undefined;
  /**
   * Requests with an equal key that are under way together share one fetch. A request whose signal aborts leaves
   * alone; the fetch is aborted when the last one has left. What was fetched before an invalidation is not joined.
   */
  shareKey: string | undefined;
  /** What sends the request, the client's transport unless a plugin replaces or wraps it. */
  transport: Transport;
}

/** What makes a query key, beside the path. */
export type QueryKeyParts = Pick<GenericRequestOptions, "method" | "params" | "query">;

/** Gives a plugin the internal API of another. `Declared` are the names of the plugins that it depends on. */
export interface PluginAccess<Declared extends string = never> {
  /** The API of a plugin that is declared as a dependency: the same object for one request. */
  get<Name extends Declared>(name: Name): InternalApi<Name>;
  /** The other plugin's API: the same object for one request. `undefined` when there is no such plugin or API. */
  get<Name extends (keyof PluginInternalRegistry & string) | (string & {})>(
    name: Name,
  ): InternalApi<Name> | undefined;
}

/** The registered type of a plugin's internal API, or `unknown`. */
export type InternalApi<Name> = Name extends keyof PluginInternalRegistry
  ? PluginInternalRegistry[Name]
  : unknown;

/** What a plugin has at hand everywhere: what belongs to the client and not to a request. */
export interface ClientScope {
  /** Whose data it is: in a request, of the user who has made it. */
  readonly identity: string | undefined;
  /** The same outside of any request. What a plugin keeps for longer than a request goes by this. */
  readonly clientScope: ClientScope;
  readonly stateManager: StateManager;
  readonly eventEmitter: EventEmitter;
  readonly clock: Clock;
  /** Tells the client's `onError` of what fails no request. */
  readonly report: (error: ClientError) => void;
  /** The query key that a request with these parts has. Default method: GET. */
  readonly queryKeyOf: (path: string, parts?: QueryKeyParts) => string;
  /** Sends a request of its own through all plugins. In a request: as the user who has made that, or not at all. */
  readonly send: (path: string, options: GenericRequestOptions) => Promise<ClientResponse>;
}

/** One plugin's middleware in a chain. */
export type MiddlewareStep = StepDefinition<RequestContext, PluginResponse>;

/** Wraps the steps of a chain, for an observer or the like. */
export type InstrumentSteps = (steps: MiddlewareStep[], operation: string) => MiddlewareStep[];

/** What a plugin has at hand outside a request, in `setup` and `api`. */
export interface InstanceContext<Declared extends string = never> extends ClientScope {
  readonly plugins: PluginAccess<Declared>;
  /**
   * Wraps the steps of requests that are made from now on, as the client's own `instrument` does, and returns a
   * function that ends it. Until then, and from then on, it costs them nothing.
   */
  readonly instrument: (wrap: InstrumentSteps) => () => void;
}

/** Options that every request takes. */
export interface CommonOptions {
  /** They win over the client's; `undefined` takes one of those away. */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How long one fetch may take, in milliseconds. `Infinity` lifts the client's limit. */
  readonly timeoutMs?: number | undefined;
  /** How to read the body. By default its content type decides. */
  readonly responseType?: ResponseType | undefined;
  /** Takes the place of the tags that follow from the path. */
  readonly tags?: readonly string[] | undefined;
  /** Asks for an answer from the network. */
  readonly forceRefetch?: boolean | undefined;
}

/** A request as `client.request` and plugins make it: any path and method, untyped. */
export interface GenericRequestOptions extends CommonOptions {
  /** Default: GET. */
  readonly method?: string | undefined;
  /** Default: `read` for GET and HEAD, `write` for all others. */
  readonly operation?: OperationType | undefined;
  readonly params?: Readonly<Record<string, ParamValue>> | undefined;
  readonly query?: object | undefined;
  readonly body?: unknown;
}

/** One request, as every hook of every plugin sees it. */
export interface RequestContext<
  Types extends PluginTypes = UntypedPlugin,
  Declared extends string = never,
> extends ClientScope {
  readonly operationType: OperationType;
  /** The path as it was written: `posts/:id`. */
  readonly path: string;
  readonly method: string;
  /** Equal for equal requests: identity, method, filled-in path and query, never a header. */
  readonly queryKey: string;
  /** What invalidation finds the answer by: the `tags` option, what `setTags` was given, or the filled-in path. */
  readonly tags: readonly string[];
  /** When the request was made, in milliseconds of the clock. */
  readonly requestTimestamp: number;
  /** The same for all requests of one observer, another for every other request. */
  readonly instanceId: string;
  /** Whether an observer sent the request. */
  readonly observed: boolean;
  readonly request: ClientRequest;
  /** This request's scratch space. Prefix keys with the plugin's name. */
  readonly temp: Map<string, unknown>;
  readonly plugins: PluginAccess<Declared>;
  /** The options that the caller gave, typed with this plugin's. */
  readonly pluginOptions: Flat<Readonly<Partial<OptionsOf<Types>>>> | undefined;
  /** Whether the caller wants an answer from the network. */
  readonly forceRefetch: boolean;
  /** Sends the request again, past any cache: by the same observer, if there is one. */
  refetch(): Promise<ClientResponse>;
  /**
   * Gives the answer other tags, for a plugin that learns them from the answer; the `tags` option of the caller wins.
   * An answer that they have invalidated while it was under way is stored as stale. Returns whether that has happened
   * and nobody has begun to fetch anew: emit `refetch` with the `queryKey`, so that who observes it does.
   */
  setTags(tags: readonly string[]): boolean;
  /** Tells users something beside the data. Shows in `response.meta`, and in the entry of a read. */
  setMeta(meta: Flat<Partial<MetaOf<Types>>>): void;
  /**
   * Runs `cleanup` once: when the observer's next request takes this one's place, when the observer unmounts, or,
   * without a mounted observer, when the request has settled.
   */
  onCleanup(cleanup: () => void): void;
}
