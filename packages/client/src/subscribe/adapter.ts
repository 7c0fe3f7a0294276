import type { Transport, TransportRequest, TransportResponse } from "../transport/transport.ts";

/** What is known of a message beside what it says. */
export interface MessageDetails {
  /** What a later connection says that it has seen last, by the header `last-event-id`. */
  readonly id?: string | undefined;
  /** Which kind of message it is, where the protocol has such. */
  readonly event?: string | undefined;
}

/** What an adapter tells of its connection. After `onClose` or `onError` it is told no more. */
export interface ConnectionHandlers {
  onMessage(message: unknown, details?: MessageDetails): void;
  /** An id that came without a message. */
  onEventId(id: string): void;
  /** A message that cannot be read: it is reported, and left out. */
  onInvalidMessage(cause: unknown): void;
  /** The server asks to wait so long before it is connected to again. */
  onRetryDelay(delayMs: number): void;
  /** The server has said all that it will. */
  onClose(): void;
  /** The connection is lost. A `ClientError` is the error that is shown, any other cause becomes `CONNECTION_LOST`. */
  onError(cause: unknown): void;
}

/** What an adapter connects by: the request as plugins have left it. */
export interface ConnectionRequest extends TransportRequest {
  /** The transport of the client, for adapters that stream the body of a response. */
  readonly transport: Transport;
}

/** Speaks one protocol of streams. Adapters keep nothing: many connections go through one. */
export interface SubscriptionAdapter {
  /** Subscriptions are equal only if their adapters have the same name. */
  readonly name: string;
  /** Headers that its requests have unless they say otherwise. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Opens a connection. It resolves when that is open, or with the failure that the server answered with, and rejects
   * when there was no answer. Messages may come before. The connection is to end as soon as the signal aborts.
   */
  connect(
    request: ConnectionRequest,
    handlers: ConnectionHandlers,
    signal: AbortSignal,
  ): Promise<TransportResponse>;
}
