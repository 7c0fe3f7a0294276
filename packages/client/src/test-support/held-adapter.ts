import type {
  ConnectionHandlers,
  ConnectionRequest,
  MessageDetails,
  SubscriptionAdapter,
} from "../subscribe/index.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { flushMicrotasks } from "../testing/index.ts";

/** A connection whose other end is the test. */
export interface HeldConnection {
  readonly request: ConnectionRequest;
  readonly signal: AbortSignal;
  /** Answers the handshake. Default: with 200, which opens the connection. */
  open(response?: TransportResponse): Promise<void>;
  /** Lets the handshake fail without an answer. */
  refuse(cause: unknown): Promise<void>;
  send(message: unknown, details?: MessageDetails): void;
  sendId(id: string): void;
  sendInvalid(cause: unknown): void;
  askForDelay(delayMs: number): void;
  close(): void;
  lose(cause?: unknown): void;
}

/** An adapter that connects to the test: to nobody else, and to nothing that a client could not have. */
export function createHeldAdapter(name = "test"): {
  readonly adapter: SubscriptionAdapter;
  /** All that were opened, in order. */
  readonly connections: readonly HeldConnection[];
  /** Those that have neither ended nor been given up. */
  open(): number;
} {
  const connections: HeldConnection[] = [];
  const ended = new Set<HeldConnection>();
  const adapter: SubscriptionAdapter = {
    name,
    headers: { accept: "text/test" },
    connect: (request, handlers: ConnectionHandlers, signal) =>
      new Promise((resolve, reject) => {
        const end = (tell: () => void) => {
          ended.add(connection);
          tell();
        };
        const connection: HeldConnection = {
          request,
          signal,
          async open(response = { status: 200 }) {
            resolve(response);
            await flushMicrotasks();
          },
          async refuse(cause) {
            end(() => reject(cause));
            await flushMicrotasks();
          },
          send: (message, details) => handlers.onMessage(message, details),
          sendId: (id) => handlers.onEventId(id),
          sendInvalid: (cause) => handlers.onInvalidMessage(cause),
          askForDelay: (delayMs) => handlers.onRetryDelay(delayMs),
          close: () => end(() => handlers.onClose()),
          lose: (cause = new Error("cut off")) => end(() => handlers.onError(cause)),
        };
        connections.push(connection);
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  };
  const isOpen = (connection: HeldConnection) => !ended.has(connection) && !connection.signal.aborted;
  return { adapter, connections, open: () => connections.filter(isOpen).length };
}
