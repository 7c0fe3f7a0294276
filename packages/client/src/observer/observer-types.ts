import type { ClientError } from "../errors.ts";
import type { GenericRequestOptions } from "../request/context-types.ts";
import type { ClientResponse } from "../request/response.ts";

/** Where an observer stands. The same object until something changes. */
export interface ObserverSnapshot<
  Data = unknown,
  ErrorBody = unknown,
  Meta = Readonly<Record<string, unknown>>,
> {
  /** The latest data, also while newer is fetched and when fetching newer has failed. */
  readonly data: Data | undefined;
  /** Why the latest request failed. */
  readonly error: ClientError<ErrorBody> | undefined;
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
  ErrorBody = unknown,
  Meta = Readonly<Record<string, unknown>>,
  Options = GenericRequestOptions,
> {
  /** Starts: runs `onMount` of the plugins, and the first request of a read. Mounting twice changes nothing. */
  mount(): void;
  /** Takes new options: runs `onUpdate`, and a request if they make another key. */
  update(options: Options): void;
  /** Stops: runs `onUnmount` and cleanups. It can be mounted again. */
  unmount(): void;
  /** Calls the listener after each change of the snapshot, and returns a function that stops it. */
  subscribe(listener: () => void): () => void;
  getSnapshot(): ObserverSnapshot<Data, ErrorBody, Meta>;
  /** Sends a request; options given here hold for this one alone. The observer's previous request is superseded. */
  send(overrides?: Partial<Options>): Promise<ClientResponse<Data, ErrorBody, Meta>>;
  /** Sends the latest request again, past any cache. */
  refetch(): Promise<ClientResponse<Data, ErrorBody, Meta>>;
}
