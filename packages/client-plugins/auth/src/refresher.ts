import {
  ClientError,
  isFailure,
  untilAborted,
  type ClientResponse,
  type ClientScope,
  type GenericRequestOptions,
  type PluginResponse,
} from "@x/client";
import type { Locks } from "./locks.ts";

/** What `refresh` is given. */
export interface RefreshContext {
  /**
   * Sends a request that carries no token and never waits for a refresh. Nothing is known here of the client's API: say
   * what the data is, such as `send<Api["auth/refresh"]["POST"]["data"]>("auth/refresh", { method: "POST" })`.
   */
  send<Data = unknown>(path: string, options?: GenericRequestOptions): Promise<ClientResponse<Data>>;
  /**
   * Aborts when the time for the refresh is over, somebody else signs in, or the client is disposed. What `send` sends
   * ends with it.
   */
  readonly signal: AbortSignal;
}

/** What a refresher goes by. */
export interface RefresherConfig {
  readonly getToken: (() => string | undefined | Promise<string | undefined>) | undefined;
  readonly refresh: (context: RefreshContext) => unknown;
  readonly refreshTimeoutMs: number;
  readonly getLocks: () => Locks | undefined;
  readonly lockName: string;
}

/** What a request was sent with. */
export interface Sent {
  readonly token: string | undefined;
  /** How many refreshes had ended by then. */
  readonly refreshes: number;
}

/** Why a refresh failed. */
export interface RefreshFailure {
  readonly cause: unknown;
}

/** Refreshes the token of one client, at most once at a time. */
export interface Refresher {
  /** How many refreshes have ended. */
  readonly refreshes: number;
  /** Whether `refresh` is being called right now: a request that begins meanwhile is its own. */
  readonly isStarting: boolean;
  /**
   * Sees to it that there is a newer token than a refused request was sent with, and resolves to a failure when there
   * is none. All requests that were sent before a refresh ended share how it ended.
   */
  refreshAfter(sent: Sent): Promise<RefreshFailure | undefined>;
  dispose(): void;
}

export function createRefresher({ clock, send }: ClientScope, config: RefresherConfig): Refresher {
  const { getToken, refreshTimeoutMs, getLocks, lockName } = config;
  let refreshes = 0;
  let isStarting = false;
  let underWay: Promise<RefreshFailure | undefined> | undefined;
  let latest: RefreshFailure | undefined;
  let controller: AbortController | undefined;
  let disposed = false;

  async function run(sent: Sent): Promise<RefreshFailure | undefined> {
    controller = new AbortController();
    const { signal } = controller;
    const cancelTimeout = clock.schedule(() => controller?.abort(timeoutError()), refreshTimeoutMs);
    const exclusive = () => refreshUnlessDone(sent, signal);
    try {
      if (disposed) throw disposedError();
      const locks = getLocks();
      await untilAborted(locks ? locks.request(lockName, { signal }, exclusive) : exclusive(), signal);
      return undefined;
    } catch (cause) {
      return { cause };
    } finally {
      cancelTimeout();
    }
  }

  async function refreshUnlessDone(sent: Sent, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    // Another tab may have done it while this one waited for the lock.
    if (getToken && (await getToken()) !== sent.token) return;
    // Whatever `refresh` does after that, the next tab gets the lock.
    const outcome = await untilAborted(start(signal), signal);
    if (isFailedResponse(outcome)) throw outcome.error;
  }

  async function start(signal: AbortSignal): Promise<unknown> {
    const withoutAuth: object = { auth: false };
    isStarting = true;
    try {
      return config.refresh({
        signal,
        // What the data is, its caller says.
        send: (path, options) => send(path, { signal, ...options, ...withoutAuth }) as Promise<never>,
      });
    } finally {
      isStarting = false;
    }
  }

  function timeoutError(): ClientError {
    return new ClientError(
      "TIMEOUT",
      `the token was not refreshed within ${refreshTimeoutMs} ms: what refresh sends must go by the function that it ` +
        "is given, or with auth: false, or it waits for itself",
      { plugin: "auth" },
    );
  }

  return {
    get refreshes() {
      return refreshes;
    },
    get isStarting() {
      return isStarting;
    },
    async refreshAfter(sent) {
      if (sent.refreshes !== refreshes) return latest;
      underWay ??= run(sent).then((failure) => {
        underWay = undefined;
        refreshes += 1;
        latest = failure;
        return failure;
      });
      return underWay;
    },
    dispose() {
      disposed = true;
      controller?.abort(disposedError());
    },
  };
}

/** Requests do not throw. A `refresh` that returns what its request resolved to has failed when that has. */
function isFailedResponse(outcome: unknown): outcome is ClientResponse {
  if (typeof outcome !== "object" || outcome === null || !("aborted" in outcome)) return false;
  // No other object is likely to have that field.
  return isFailure(outcome as PluginResponse);
}

function disposedError(): ClientError {
  return new ClientError("CLIENT_DISPOSED", "the client was disposed while its token was refreshed");
}
