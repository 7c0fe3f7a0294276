import {
  ClientError,
  definePlugin,
  isClientError,
  perClient,
  untilAborted,
  type ClientRequest,
  type ClientScope,
  type PluginResponse,
  type RequestContext,
} from "@x/client";
import { browserLocks, type Locks } from "./locks.ts";
import {
  createRefresher,
  type RefreshContext,
  type RefreshFailure,
  type Refresher,
  type Sent,
} from "./refresher.ts";

/** How a client signs its requests. */
export interface AuthConfig {
  /**
   * Gives the current token, and `undefined` where there is none. Called before each request is sent, and by tabs that
   * have waited for another one. Without it nothing is sent along, as for sessions that are kept in cookies.
   */
  readonly getToken?: (() => string | undefined | Promise<string | undefined>) | undefined;
  /**
   * Gets a new token and puts it where `getToken` finds it. It has failed when it throws, or returns the response of a
   * request that has failed. At most one call is under way.
   */
  refresh(context: RefreshContext): unknown;
  /** Whether a response says that the token is to be refreshed. Default: those with status 401. */
  readonly shouldRefresh?: ((response: PluginResponse) => boolean) | undefined;
  /** The headers that carry the token. Default: `authorization: Bearer …`. */
  readonly toHeaders?: ((token: string) => Headers) | undefined;
  /** How long a refresh may take, the wait for another tab included, in milliseconds. Default: 30,000. */
  readonly refreshTimeoutMs?: number | undefined;
  /** What lets one tab at a time refresh. Default: `navigator.locks` in a page; `false` is none. */
  readonly locks?: Locks | false | undefined;
  /** The name of the lock, the same for all tabs of a user. Default: `client-auth`. */
  readonly lockName?: string | undefined;
}

type Headers = Readonly<Record<string, string>>;

/** Options of one request. */
export interface AuthOptions {
  /** `false` sends this request as it is, and returns whatever answers it. Default: `true`. */
  readonly auth?: boolean | undefined;
}

/** What the plugin adds to the types of a client. */
export interface AuthTypes {
  options: AuthOptions;
}

/** Where a request notes which of its headers are this plugin's. */
const SIGNED = "auth:signed";

/**
 * Sends a token with every request. When the server refuses it, the token is refreshed, once for all requests under way
 * and for all tabs, and the refused requests are sent again.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { auth } from "@x/client-auth";
 *
 * const client = createClient({ baseUrl: "/api" }).use([
 *   auth({
 *     getToken: () => localStorage.getItem("token") ?? undefined,
 *     async refresh({ send }) {
 *       const { data, error } = await send<{ token: string }>("auth/refresh", { method: "POST" });
 *       if (error) throw error;
 *       localStorage.setItem("token", data.token);
 *     },
 *   }),
 * ]);
 * await client.get("me");
 * ```
 */
export function auth(config: AuthConfig) {
  const {
    getToken,
    shouldRefresh = ({ status }) => status === 401,
    toHeaders = (token) => ({ authorization: `Bearer ${token}` }),
    refreshTimeoutMs = 30_000,
    locks,
    lockName = "client-auth",
  } = config;
  const create = (scope: ClientScope) =>
    createRefresher(scope, {
      getToken,
      refresh: (context) => config.refresh(context),
      refreshTimeoutMs,
      getLocks: () => (locks === false ? undefined : (locks ?? browserLocks())),
      lockName,
    });
  const heldOf = perClient((scope) => ({ identity: scope.identity, refresher: create(scope) }));

  /** Of whoever is signed in: how a refresh ends for one user is nothing to the next. */
  function refresherOf(scope: ClientScope): Refresher {
    const held = heldOf(scope);
    const { identity } = scope.clientScope;
    if (held.identity !== identity) {
      held.refresher.dispose();
      Object.assign(held, { identity, refresher: create(scope.clientScope) });
    }
    return held.refresher;
  }

  async function sign({ request, temp }: RequestContext, { refreshes }: Refresher): Promise<Sent> {
    const token = await getToken?.();
    const headers = token === undefined ? {} : toHeaders(token);
    // There may be no token any more.
    for (const name in temp.get(SIGNED) as Headers | undefined) delete request.headers[name];
    Object.assign(request.headers, headers);
    temp.set(SIGNED, headers);
    return { token, refreshes };
  }

  return definePlugin<AuthTypes>()({
    name: "auth",
    // Inside of a retry: each attempt goes with the token of its time.
    priority: 20,
    repeatable: true,

    setup(context) {
      // At once: a refresh that goes on would bring the former user's token.
      context.eventEmitter.on("identity", () => void refresherOf(context));
      return () => refresherOf(context).dispose();
    },

    async middleware(context, next) {
      const { request, pluginOptions, temp } = context;
      const refresher = refresherOf(context);
      if (pluginOptions?.auth === false || refresher.isStarting) return next();
      // The caller has a token of its own.
      if (!temp.has(SIGNED) && hasAuthorization(request)) return next();

      const sent = await sign(context, refresher);
      const response = await next();
      if (!shouldRefresh(response) || !canSendAgain(request)) return response;
      const failure = await untilAborted(refresher.refreshAfter(sent), request.signal);
      if (failure) return { error: refreshError(response, failure), ...statusOf(response) };
      await sign(context, refresher);
      return next();
    },
  });
}

function hasAuthorization({ headers }: ClientRequest): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === "authorization");
}

/** A stream is read once. */
function canSendAgain({ body, signal }: ClientRequest): boolean {
  return !(body instanceof ReadableStream) && !signal?.aborted;
}

function refreshError(response: PluginResponse, { cause }: RefreshFailure): ClientError {
  if (isClientError(cause) && cause.code === "CLIENT_DISPOSED") return cause;
  return new ClientError("REFRESH_FAILED", "the token was refused, and could not be refreshed", {
    plugin: "auth",
    ...statusOf(response),
    cause,
  });
}

function statusOf({ status }: PluginResponse): { readonly status?: number } {
  return status === undefined ? {} : { status };
}
