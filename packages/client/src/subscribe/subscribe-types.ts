import type { DataOf, EndpointOf, Method } from "../client/api-types.ts";
import type { RequestOptions } from "../client/client-types.ts";
import type { ClientError } from "../errors.ts";
import type { AnyPlugin } from "../plugin/plugin.ts";
import type { MessageDetails, SubscriptionAdapter } from "./adapter.ts";

/** Makes the data anew with each message. */
export type Accumulator<Message, Data> = (
  previous: Data | undefined,
  message: Message,
  details: MessageDetails,
) => Data;

/** How a connection that was lost, or could not be opened, is opened again. */
export interface ReconnectOptions {
  /** How often in a row, until it is given up. Default: `Infinity`. */
  readonly retries?: number | undefined;
  /**
   * How long to wait before the first time, in milliseconds; before each next one twice as long, up to `maxDelayMs`, and
   * all of it jittered: between half and the whole. What the server asks for takes its place. Default: 1,000.
   */
  readonly delayMs?: number | undefined;
  /** The longest wait, in milliseconds. Default: 30,000. */
  readonly maxDelayMs?: number | undefined;
  /**
   * Whether to connect again after this error; `attempt` is 1 for the first in a row. Default: when the connection was
   * lost or there was no response, and for the statuses 408, 425, 429, 500, 502, 503 and 504.
   */
  readonly shouldReconnect?: ((error: ClientError, attempt: number) => boolean) | undefined;
}

/** What a subscription takes beside the options of its requests. */
export interface SubscriptionBehaviour<M extends Method, Message, Accumulate> {
  /** Which protocol it speaks: `serverSentEvents()`, `fetchStream()` or `webSocket()` of `@x/client-subscribe`. */
  readonly adapter: SubscriptionAdapter;
  /** Default: GET. */
  readonly method?: M | undefined;
  /**
   * What becomes of the messages: each takes the place of the one before (`replace`), is put behind them (`append`), its
   * properties are put over theirs (`merge`), or what a function makes of it. Default: `replace`.
   */
  readonly accumulate?: Accumulate | undefined;
  /**
   * How much is kept: of `append` the messages, of `merge` the properties, and of any the messages that come before the
   * connection is let through. Beyond it the oldest go. Default: 1,000.
   */
  readonly maxItems?: number | undefined;
  /** `false`: not at all. Default: as `ReconnectOptions` says for GET, and not at all for other methods. */
  readonly reconnect?: ReconnectOptions | false | undefined;
  /** Is told of each message, after the data. */
  readonly onMessage?: ((message: Message, details: MessageDetails) => void) | undefined;
  /** Tells subscriptions apart that would be equal, such as two functions that accumulate differently. */
  readonly key?: string | undefined;
}

/** All options of a subscription. */
export type SubscriptionOptions<
  Api,
  Path extends string,
  M extends Method,
  Plugins extends readonly AnyPlugin[],
  Accumulate,
> = SubscriptionBehaviour<M, DataOf<EndpointOf<Api, Path, M>>, Accumulate> &
  RequestOptions<EndpointOf<Api, Path, M>, Path, Plugins, "subscribe">;

/** Where a subscription stands. The same object until something changes. */
export interface SubscriptionSnapshot<
  Data = unknown,
  Failure = ClientError,
  Meta = Readonly<Record<string, unknown>>,
> {
  /** What became of the messages. */
  readonly data: Data | undefined;
  /**
   * `connecting` also while it waits to connect again; `closed` when the server has ended it, or the caller's signal;
   * `error` when it is given up.
   */
  readonly status: "idle" | "connecting" | "open" | "closed" | "error";
  /** Why there is no connection, until there is one again. */
  readonly error: Failure | undefined;
  /** How many connections in a row were lost or could not be opened, without a message in between. */
  readonly failedAttempts: number;
  readonly lastEventId: string | undefined;
  readonly meta: Meta;
}

/** Follows a stream of messages, without any framework. */
export interface Subscription<
  Data = unknown,
  Failure = ClientError,
  Meta = Readonly<Record<string, unknown>>,
  Options = object,
> {
  /** Connects, unless an equal subscription has. Mounting twice changes nothing. */
  mount(): void;
  /** Takes new options. Where they mean the same messages, they hold from the next connection on. */
  update(options: Options): void;
  /** Disconnects, if no equal subscription is mounted, and forgets the data. It can be mounted again. */
  unmount(): void;
  /** Calls the listener after each change of the snapshot, and returns a function that stops it. */
  subscribe(listener: () => void): () => void;
  getSnapshot(): SubscriptionSnapshot<Data, Failure, Meta>;
  /** Gives up the connection, if there is one, and opens another at once. It does nothing while it is not mounted. */
  reconnect(): void;
}
