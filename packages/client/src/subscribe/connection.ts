import { isFailure } from "../request/response.ts";
import type { Transport } from "../transport/transport.ts";
import type { ConnectionHandlers, SubscriptionAdapter } from "./adapter.ts";

/** One connection, which is opened by a request that goes through the chain. */
export interface Connection {
  /** Takes the place of the request's transport. A plugin that sends again opens it anew. */
  readonly transport: Transport;
  /** Whether the adapter has opened it: a plugin may also answer without, or in spite of it. */
  readonly opened: boolean;
  /** The chain has let it through: tells what has come meanwhile, and what will. */
  accept(): void;
}

/**
 * Creates a connection that is not open yet. What comes before the chain has unwound is held, the latest `maxHeld`
 * messages of it: a plugin may still refuse the connection. `life` ends it.
 */
export function createConnection(
  adapter: SubscriptionAdapter,
  send: Transport,
  handlers: ConnectionHandlers,
  maxHeld: number,
  life: AbortSignal,
): Connection {
  let current: AbortController | undefined;
  let opened = false;
  let accepted = false;
  let held: (() => void)[] = [];

  function handlersOf(own: AbortController): ConnectionHandlers {
    const pass = (tell: () => void) => {
      if (own !== current || own.signal.aborted) return;
      if (accepted) return tell();
      held.push(tell);
      if (held.length > maxHeld) held.shift();
    };
    const end = (tell: () => void) =>
      pass(() => {
        current = undefined;
        tell();
      });
    return {
      onMessage: (message, details) => pass(() => handlers.onMessage(message, details)),
      onEventId: (id) => pass(() => handlers.onEventId(id)),
      onInvalidMessage: (cause) => pass(() => handlers.onInvalidMessage(cause)),
      onRetryDelay: (delayMs) => pass(() => handlers.onRetryDelay(delayMs)),
      onClose: () => end(() => handlers.onClose()),
      onError: (cause) => end(() => handlers.onError(cause)),
    };
  }

  return {
    get opened() {
      return opened;
    },

    async transport(request) {
      current?.abort();
      held = [];
      opened = false;
      const own = new AbortController();
      current = own;
      const abort = () => own.abort(life.aborted ? life.reason : request.signal?.reason);
      const { signal } = request;
      if (life.aborted || signal?.aborted) abort();
      life.addEventListener("abort", abort, { signal: own.signal });
      // While it is opened: the request's signal has nothing to say about what comes of it.
      signal?.addEventListener("abort", abort);
      try {
        const response = await adapter.connect({ ...request, transport: send }, handlersOf(own), own.signal);
        opened = !isFailure({ status: response.status });
        return opened ? { ...response, data: undefined } : response;
      } finally {
        signal?.removeEventListener("abort", abort);
      }
    },

    accept() {
      accepted = true;
      for (const tell of held.splice(0)) tell();
    },
  };
}
