import type { Runtime } from "../client/runtime-types.ts";
import { ClientError, isClientError, messageOf } from "../errors.ts";
import type { Shared } from "../operations/shared-observer.ts";
import { createSharedOwner, type SharedOwner } from "../operations/shared-owner.ts";
import { abortWith } from "../request/abort-with.ts";
import type { Context } from "../request/context.ts";
import type { ClientResponse } from "../request/response.ts";
import { createAccumulation } from "./accumulation.ts";
import type { ConnectionHandlers, MessageDetails } from "./adapter.ts";
import { createConnection } from "./connection.ts";
import { reconnectDelay, stableAfterMs } from "./reconnection.ts";
import type { SubscriptionSnapshot } from "./subscribe-types.ts";
import { toByteString } from "./to-byte-string.ts";
import { toConnectionRequest, type AnySubscriptionOptions } from "./to-connection-request.ts";

/** A subscription, shared by all observers that are equal. */
export interface SharedSubscription extends Shared<AnySubscriptionOptions, SubscriptionSnapshot> {
  reconnect(): void;
}

const DEFAULT_MAX_ITEMS = 1_000;

export function createSharedSubscription(
  runtime: Runtime,
  path: string,
  queryKey: string,
  initialOptions: AnySubscriptionOptions,
): SharedSubscription {
  const { clock, state } = runtime;
  const accumulation = createAccumulation();
  let status: SubscriptionSnapshot["status"] = "idle";
  let error: ClientError | undefined;
  let failedAttempts = 0;
  let lastEventId: string | undefined;
  let askedDelayMs: number | undefined;
  let openedAt: number | undefined;
  let snapshot: SubscriptionSnapshot | undefined;
  /** Ends the connection, or the request that opens one. */
  let life: AbortController | undefined;
  let cancelReconnect: () => void = () => {};
  let stopFollowing: () => void = () => {};

  const owner: SharedOwner<AnySubscriptionOptions> = createSharedOwner(runtime, path, initialOptions, {
    toRequest: toConnectionRequest,
    changed() {
      snapshot = undefined;
    },
    refetch() {
      failedAttempts = 0;
      return connect();
    },
    started(first) {
      stopFollowing = followState(first);
      void connect(first);
    },
    updated() {},
    ended() {
      stopFollowing();
      forget();
    },
  });

  /** What the client forgets as a whole was somebody else's, and so are the messages and the connection. */
  function followState({ session }: Context): () => void {
    let { generation } = state;
    return state.subscribe(queryKey, () => {
      if (generation === state.generation) return;
      generation = state.generation;
      forget();
      owner.changed();
      // Another user has a subscription of their own.
      if (runtime.checkIdentity() === session) void connect();
    });
  }

  function connect(first?: Context): Promise<ClientResponse> {
    disconnect();
    const own = new AbortController();
    life = own;
    const { options } = owner;
    const context = first ?? owner.createContext(toConnectionRequest(options));
    if (owner.latest !== context) owner.latest?.cleanUp();
    const { request } = context;
    const asked = new AbortController();
    const { signal } = asked;
    abortWith(asked, own.signal);
    // Every connection ends by its own signal in the end.
    if (request.signal) own.signal.addEventListener("abort", abortWith(asked, request.signal));
    const { adapter, maxItems = DEFAULT_MAX_ITEMS } = options;
    const connection = createConnection(adapter, request.transport, handlers, maxItems, own.signal);
    request.signal = signal;
    request.transport = connection.transport;
    if (lastEventId) request.headers["last-event-id"] ??= toByteString(lastEventId);
    status = "connecting";
    return owner.send(context, (answer) => {
      if (life !== own) return;
      if (answer.error) return fail(answer.error, answer);
      error = undefined;
      if (!connection.opened) {
        // A plugin has answered without the network: that is all there is.
        finish();
        if (answer.data !== undefined) receive(answer.data, {});
        return;
      }
      status = "open";
      openedAt = clock.now();
      signal.addEventListener("abort", () => life === own && handlers.onClose(), { signal: own.signal });
      connection.accept();
    });
  }

  const handlers: ConnectionHandlers = {
    onMessage(message, details = {}) {
      receive(message, details);
      owner.changed();
    },
    onEventId(id) {
      lastEventId = id;
      owner.changed();
    },
    onInvalidMessage(cause) {
      const why = `a message of ${queryKey} could not be read: ${messageOf(cause)}`;
      runtime.report(new ClientError("INVALID_MESSAGE", why, { cause }));
    },
    onRetryDelay(delayMs) {
      askedDelayMs = delayMs;
    },
    onClose() {
      finish();
      owner.changed();
    },
    onError(cause) {
      const why = `the connection of ${queryKey} was lost: ${messageOf(cause)}`;
      fail(isClientError(cause) ? cause : new ClientError("CONNECTION_LOST", why, { cause }));
      owner.changed();
    },
  };

  function receive(message: unknown, details: MessageDetails): void {
    failedAttempts = 0;
    lastEventId = details.id ?? lastEventId;
    const { accumulate = "replace", maxItems = DEFAULT_MAX_ITEMS } = owner.options;
    try {
      accumulation.add(message, details, accumulate, maxItems);
    } catch (cause) {
      reportOption("accumulate", cause);
    }
    for (const { onMessage } of owner.allOptions()) {
      try {
        onMessage?.(message, details);
      } catch (cause) {
        runtime.report(
          new ClientError("LISTENER_THREW", `a listener of the messages of ${queryKey} threw`, { cause }),
        );
      }
    }
  }

  /** Ends for good. */
  function finish(): void {
    disconnect();
    status = "closed";
  }

  /** Ends, and connects again later if that is worth it. */
  function fail(cause: ClientError, response?: ClientResponse): void {
    disconnect();
    const { method = "GET", reconnect = method === "GET" ? {} : false } = owner.options;
    const wasStable = openedAt !== undefined && clock.now() - openedAt >= stableAfterMs(reconnect || {});
    failedAttempts = wasStable ? 1 : failedAttempts + 1;
    openedAt = undefined;
    error = cause;
    const delayMs = reconnect && delayAfter(cause, response);
    if (typeof delayMs !== "number") status = cause.code === "ABORTED" ? "closed" : "error";
    else {
      status = "connecting";
      cancelReconnect = clock.schedule(() => void connect(), delayMs);
    }

    function delayAfter(lost: ClientError, refusal: ClientResponse | undefined): number | undefined {
      if (!reconnect || lost.code === "ABORTED") return undefined;
      const failure = {
        error: lost,
        response: refusal,
        attempt: failedAttempts,
        askedDelayMs,
        now: clock.now(),
      };
      try {
        return reconnectDelay(reconnect, failure);
      } catch (thrown) {
        reportOption("shouldReconnect", thrown);
        return undefined;
      }
    }
  }

  function reportOption(name: string, cause: unknown): void {
    runtime.report(new ClientError("OPTION_THREW", `the option "${name}" of ${queryKey} threw`, { cause }));
  }

  function disconnect(): void {
    cancelReconnect();
    const ended = life;
    life = undefined;
    ended?.abort();
  }

  function forget(): void {
    disconnect();
    accumulation.clear();
    status = "idle";
    error = lastEventId = askedDelayMs = openedAt = undefined;
    failedAttempts = 0;
    snapshot = undefined;
  }

  return {
    get mounted() {
      return owner.mounted;
    },
    subscribe: owner.subscribe,
    mount: (member, options) => void owner.join(member, options),
    update: (member, options) => void owner.join(member, options),
    unmount: owner.leave,

    reconnect() {
      if (!owner.mounted) return;
      failedAttempts = 0;
      void connect();
    },

    getSnapshot() {
      return (snapshot ??= {
        data: accumulation.data,
        status,
        error,
        failedAttempts,
        lastEventId,
        meta: { ...owner.latest?.meta },
      });
    },
  };
}
