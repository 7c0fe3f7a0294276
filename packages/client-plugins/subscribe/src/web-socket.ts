import { ClientError, untilAborted } from "@x/client";
import type { ConnectionHandlers, ConnectionRequest, SubscriptionAdapter } from "@x/client/subscribe";

/** What may be sent by a socket. */
type SocketData = Parameters<WebSocket["send"]>[0];

/** Options of `webSocket`. */
export interface WebSocketOptions {
  /** The subprotocols to offer. */
  readonly protocols?: readonly string[] | undefined;
  /**
   * The address to connect to, made from that of the request, which has `wss:` for `https:`. Browsers send no headers of
   * one's own with a socket: what the server needs of `request.headers` can go into the query here.
   */
  readonly toUrl?: ((url: URL, request: ConnectionRequest) => URL) | undefined;
  /** What is sent when the socket is open, such as a token or the name of a channel. */
  readonly greeting?: ((request: ConnectionRequest) => SocketData) | undefined;
  /** Makes a message of a text. One that throws leaves the text out. Default: `JSON.parse`. */
  readonly parse?: ((text: string) => unknown) | undefined;
  /** Default: the platform's `WebSocket`. Where that takes headers, as in Node, they can be passed on here. */
  readonly createSocket?:
    ((url: string, protocols: string[], request: ConnectionRequest) => WebSocket) | undefined;
}

/** The server is done: with and without saying so (RFC 6455, section 7.4.1). */
const FINAL_CODES = new Set([1000, 1005]);
/** Another connection would fare no better: the two do not speak the same language, or this one is not allowed. */
const HOPELESS_CODES = new Set([1002, 1003, 1007, 1008, 1009, 1010]);

/**
 * Subscribes by a WebSocket. Texts are messages as JSON, binary ones as an `ArrayBuffer`. Closed by the server with code
 * 1000 the subscription has ended; otherwise it is connected to again.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { createSubscription } from "@x/client/subscribe";
 * import { webSocket } from "@x/client-subscribe";
 *
 * const client = createClient({ baseUrl: "https://api.example" });
 * const room = createSubscription(client, "rooms/:id", {
 *   params: { id: 7 },
 *   adapter: webSocket({ greeting: ({ headers }) => JSON.stringify({ token: headers["authorization"] }) }),
 *   accumulate: "append",
 * });
 * room.mount();
 * ```
 */
export function webSocket(options: WebSocketOptions = {}): SubscriptionAdapter {
  const { protocols = [], toUrl = (url) => url, greeting } = options;
  const { parse = (text) => JSON.parse(text) as unknown } = options;
  const { createSocket = (url, offered) => new WebSocket(url, offered) } = options;

  function follow(socket: WebSocket, request: ConnectionRequest, handlers: ConnectionHandlers): Opening {
    const { onMessage, onInvalidMessage, onClose, onError } = handlers;
    // Ends all that listens at once.
    const listening = new AbortController();
    const { signal } = listening;
    const close = () => {
      listening.abort();
      socket.close();
    };
    const opened = new Promise<void>((resolve, reject) => {
      let isOpen = false;
      const onOpen = () => {
        isOpen = true;
        if (greeting) socket.send(greeting(request));
        resolve();
      };
      const onText = ({ data }: MessageEvent<unknown>) => {
        let message = data;
        try {
          if (typeof data === "string") message = parse(data);
        } catch (cause) {
          return onInvalidMessage(cause);
        }
        onMessage(message);
      };
      const onEnd = (event: CloseEvent) => {
        close();
        if (!isOpen) reject(closeError(event));
        else if (FINAL_CODES.has(event.code)) onClose();
        else onError(closeError(event));
      };
      socket.addEventListener("open", onOpen, { signal });
      socket.addEventListener("message", onText, { signal });
      socket.addEventListener("close", onEnd, { signal });
    });
    return { opened, close };
  }

  return {
    name: `web-socket ${protocols.join()}`,

    async connect(request, handlers, signal) {
      signal.throwIfAborted();
      const url = toUrl(socketUrl(request), request);
      const socket = createSocket(String(url), [...protocols], request);
      socket.binaryType = "arraybuffer";
      const { opened, close } = follow(socket, request, handlers);
      signal.addEventListener("abort", close, { once: true });
      await untilAborted(opened, signal);
      return { status: 200 };
    },
  };
}

/** A socket on its way. */
interface Opening {
  readonly opened: Promise<void>;
  close(): void;
}

/** Browsers know the addresses of sockets as such alone, and not by where the page is. */
function socketUrl({ url }: ConnectionRequest): URL {
  const resolved = new URL(url, globalThis.location?.href);
  resolved.protocol = resolved.protocol.replace("http", "ws");
  return resolved;
}

function closeError(event: Pick<CloseEvent, "code" | "reason">): Error {
  const { code, reason } = event;
  const message = `the socket was closed with code ${code}${reason && `: ${reason}`}`;
  return HOPELESS_CODES.has(code)
    ? new ClientError("SOCKET_CLOSED", message, { cause: event })
    : new Error(message, { cause: event });
}
