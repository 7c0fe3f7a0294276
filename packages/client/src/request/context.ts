import type { OperationChain } from "./chain.ts";
import type {
  ClientRequest,
  GenericRequestOptions,
  PluginAccess,
  QueryKeyParts,
  RequestContext,
} from "./context-types.ts";
import { ClientError } from "../errors.ts";
import type { FilledPath } from "./path.ts";
import { createPluginAccess } from "../plugin/plugin-access.ts";
import { toQueryKey } from "./query-key.ts";
import type { PluginOptionsRegistry } from "../registries.ts";
import type { ClientResponse } from "./response.ts";
import type { RequestOwner, Runtime } from "../client/runtime-types.ts";
import type { Session } from "../client/session.ts";
import type { FetchTicket } from "../state/slot.ts";
import type { CacheEntry } from "../state/state-types.ts";

type Meta = Readonly<Record<string, unknown>>;

/** One request. Plugins see it as `RequestContext`; what is declared outside of that is the client's own. */
export class Context implements RequestContext {
  // `declare`d, the constructor defines them: as fields all would be made first, and again when they are set.
  declare readonly path: string;
  declare readonly pluginOptions: GenericRequestOptions & Partial<PluginOptionsRegistry>;
  declare readonly operationType: string;
  declare readonly method: string;
  declare readonly queryKey: string;
  declare readonly requestTimestamp: number;
  declare readonly forceRefetch: boolean;

  declare readonly runtime: Runtime;
  /** In which it was made. */
  declare readonly session: Session;
  declare readonly owner: RequestOwner | undefined;
  declare readonly filled: FilledPath;
  declare readonly chain: OperationChain;
  /** This request's place among all of the client: of two answers, the later request's wins. */
  declare readonly order: number;
  /** The state's age when the request was made, for an answer that no fetch brought. */
  declare readonly generation: number;
  declare readonly epoch: number;
  ticket: FetchTicket | undefined;
  /** What the core answers with, in place of sending. */
  known: CacheEntry | undefined;
  meta: Meta | undefined;

  #tags: readonly string[] | undefined;
  #request: ClientRequest | undefined;
  #temp: Map<string, unknown> | undefined;
  #plugins: PluginAccess | undefined;
  #cleanups: (() => void)[] | undefined;
  #cleaned = false;
  /** What stands for this request since the observer's options changed. */
  #successor: Context | undefined;

  constructor(
    runtime: Runtime,
    path: string,
    options: GenericRequestOptions,
    owner: RequestOwner | undefined,
    session = runtime.checkIdentity(),
  ) {
    this.runtime = runtime;
    this.session = session;
    this.path = path;
    this.owner = owner;
    const { method = "GET", operation, params, query, headers } = options;
    // The caller may go on to change theirs for the next request.
    this.pluginOptions = headers ? { ...options, headers: { ...headers } } : options;
    this.method = method;
    this.operationType = operation ?? (method === "GET" || method === "HEAD" ? "read" : "write");
    this.chain = runtime.chainFor(this.operationType);
    this.filled = runtime.templateOf(path).fill(params);
    this.queryKey = session.keyPrefix + toQueryKey(this.filled, method, query);
    this.requestTimestamp = runtime.clock.now();
    this.order = runtime.state.mark();
    this.generation = runtime.state.generation;
    this.epoch = runtime.state.epochOf(this.queryKey);
    this.forceRefetch = options.forceRefetch ?? false;
  }

  /** Most that a cache answers is never sent: what would be is only made when somebody looks. */
  get request(): ClientRequest {
    if (this.#request) return this.#request;
    const { headers, params, query, body, signal, timeoutMs, responseType } = this.pluginOptions;
    const { config, transport } = this.runtime;
    return (this.#request = {
      headers: { ...headers },
      params,
      query,
      body,
      signal,
      timeoutMs: timeoutMs ?? config.timeoutMs,
      responseType,
      shareKey: undefined,
      transport,
    });
  }

  /** The signal of `request`. */
  get signal(): AbortSignal | undefined {
    return (this.#request ?? this.pluginOptions).signal;
  }

  get tags(): readonly string[] {
    return (this.#tags ??= this.pluginOptions.tags ?? this.filled.tags);
  }

  get instanceId(): string {
    return this.owner?.instanceId ?? `request-${this.order}`;
  }

  get observed(): boolean {
    return this.owner !== undefined;
  }

  get temp(): Map<string, unknown> {
    return (this.#temp ??= new Map());
  }

  get plugins(): PluginAccess {
    return (this.#plugins ??= createPluginAccess(this.runtime.pluginsByName, this));
  }

  get stateManager() {
    return this.session.state;
  }

  get eventEmitter() {
    return this.runtime.events;
  }

  get clock() {
    return this.runtime.clock;
  }

  get report() {
    return this.runtime.report;
  }

  get clientScope() {
    return this.runtime.scope;
  }

  get identity(): string | undefined {
    return this.session.identity;
  }

  /** Whether it is still the current user's. */
  get isCurrent(): boolean {
    return this.session === this.runtime.checkIdentity();
  }

  get send() {
    // What a request of one user brings about is never sent as another.
    return (path: string, options: GenericRequestOptions) =>
      this.runtime.request(path, options, undefined, this.session);
  }

  get queryKeyOf() {
    return (path: string, parts?: QueryKeyParts) => this.runtime.queryKeyOf(path, parts, this.session);
  }

  refetch(): Promise<ClientResponse> {
    const { owner } = this;
    return owner && this.isCurrent
      ? owner.refetch()
      : this.send(this.path, { ...this.pluginOptions, forceRefetch: true });
  }

  setTags(tags: readonly string[]): boolean {
    if (this.pluginOptions.tags) return false;
    this.#tags = tags;
    return this.ticket !== undefined && this.runtime.state.retagFetch(this.queryKey, this.ticket, tags);
  }

  setMeta(meta: Meta): void {
    this.#addMeta(meta);
    if (this.storesData) this.runtime.state.setMeta(this.queryKey, meta);
    this.owner?.metaChanged();
  }

  /** Whether the answer belongs into the state: not what a write answers, nor how a connection was opened. */
  get storesData(): boolean {
    return !["write", "queue", "subscribe"].includes(this.operationType);
  }

  onCleanup(cleanup: () => void): void {
    if (this.#successor) this.#successor.onCleanup(cleanup);
    else if (this.#cleaned) this.#runCleanup(cleanup);
    else (this.#cleanups ??= []).push(cleanup);
  }

  /** Runs what was registered by `onCleanup`, once. */
  cleanUp(): void {
    if (this.#cleaned) return;
    this.#cleaned = true;
    this.#cleanups?.forEach((cleanup) => this.#runCleanup(cleanup));
    this.#cleanups = undefined;
  }

  /** Lets a context with newer options stand for the same request: it takes over scratch space and cleanups. */
  continueFrom(previous: Context): void {
    this.#temp = previous.temp;
    this.#cleanups = previous.#cleanups;
    this.meta = previous.meta;
    previous.#cleanups = undefined;
    previous.#cleaned = true;
    previous.#successor = this;
  }

  #addMeta(meta: Meta): void {
    this.meta = { ...this.meta, ...meta };
    if (this.#successor) this.#successor.#addMeta(meta);
  }

  #runCleanup(cleanup: () => void): void {
    try {
      cleanup();
    } catch (cause) {
      this.runtime.report(new ClientError("CLEANUP_THREW", `a cleanup of ${this.queryKey} threw`, { cause }));
    }
  }
}
