import type { ClientError } from "../errors.ts";
import type { GenericRequestOptions } from "../request/context-types.ts";
import type { ClientResponse } from "../request/response.ts";

/** Where an observer stands. The same object until something changes. */
export interface ObserverSnapshot<
  Data = unknown,
  Failure = ClientError,
  Meta = Readonly<Record<string, unknown>>,
> {
  /** The latest data, also while newer is fetched and when fetching newer has failed. */
  readonly data: Data | undefined;
  /** Why the latest request failed. */
  readonly error: Failure | undefined;
  /** `idle` before the first request, then as the latest request that settled. */
  readonly status: "idle" | "pending" | "success" | "error";
  /** Whether a request is under way. */
  readonly fetching: boolean;
  /** Whether the data is known to be out of date. */
  readonly stale: boolean;
  readonly meta: Meta;
}

/** Follows one path over time, without any framework. Bindings are thin layers over it. */
export interface Observer<
  Data = unknown,
  Failure = ClientError,
  Meta = Readonly<Record<string, unknown>>,
  Options = GenericRequestOptions,
> {
  /**
   * Starts: runs `onMount` of the plugins, and the first request of a read. Mounting twice changes nothing. With
   * `fetch: false` that request is answered with what is known, if anything is, after all plugins: for whoever has just
   * waited for it.
   */
  mount(options?: { readonly fetch?: boolean }): void;
  /** Takes new options: runs `onUpdate`, and a request if they make another key. */
  update(options: Options): void;
  /** Stops: runs `onUnmount` and cleanups. It can be mounted again. */
  unmount(): void;
  /** Calls the listener after each change of the snapshot, and returns a function that stops it. */
  subscribe(listener: () => void): () => void;
  getSnapshot(): ObserverSnapshot<Data, Failure, Meta>;
  /** Sends a request; options given here hold for this one alone. The observer's previous request is superseded. */
  send(overrides?: Partial<Options>): Promise<ClientResponse<Data, Failure, Meta>>;
  /** Sends the latest request again, past any cache. */
  refetch(): Promise<ClientResponse<Data, Failure, Meta>>;
}
