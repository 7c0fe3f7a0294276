import { resolvePlugins } from "@x/pipeline";
import { createOperationChains } from "../request/operation-chains.ts";
import type { ClientConfig } from "./client-types.ts";
import { systemClock } from "../clock.ts";
import { Context } from "../request/context.ts";
import { ClientError } from "../errors.ts";
import type { InstanceContext } from "../request/context-types.ts";
import { createNamedListeners } from "../event-emitter.ts";
import { guardScope } from "./guard-scope.ts";
import { fetchTransport } from "../transport/fetch-transport.ts";
import { parsePath } from "../request/path.ts";
import { createInstanceContext } from "../plugin/instance-context.ts";
import type { AnyPlugin } from "../plugin/plugin.ts";
import { remember } from "./remember.ts";
import { toQueryKey } from "../request/query-key.ts";
import { runRequest } from "../request/run-request.ts";
import type { Runtime } from "./runtime-types.ts";
import { createSessions } from "./create-sessions.ts";
import { createSharedFetches } from "../request/shared-fetches.ts";
import { createStateManager } from "../state/state-manager.ts";

/** Makes all that the parts of one client share. */
export function createRuntime(config: ClientConfig, plugins: readonly AnyPlugin[]): Runtime {
  const resolved = resolvePlugins(plugins);
  const clock = config.clock ?? systemClock;
  const report = (error: ClientError) => {
    try {
      (config.onError ?? reportToPlatform)(error);
    } catch (thrown) {
      // What reports errors is at fault itself: both are told, and no request fails over it.
      reportToPlatform(error);
      reportToPlatform(thrown);
    }
  };
  const onListenerThrow = (cause: unknown, name: string) =>
    report(new ClientError("LISTENER_THREW", `a listener of "${name}" threw`, { cause }));
  const identityOf = () => checkIdentity().identity;
  const createState = (onChange = (_queryKey: string | undefined) => {}) =>
    createStateManager({ clock, report, onListenerThrow, identityOf, onChange });
  const state = createState((queryKey) => runtime.events.emit("change", { queryKey }));

  let scope: InstanceContext | undefined;
  const runtime: Runtime = {
    config,
    baseUrl: toBaseUrl(config.baseUrl ?? ""),
    plugins: resolved,
    pluginsByName: new Map(resolved.map((plugin) => [plugin.name, plugin])),
    transport: config.transport ?? fetchTransport(),
    clock,
    state: config.requestScope ? guardScope(state, config.requestScope) : state,
    events: createNamedListeners(onListenerThrow),
    sharedFetches: createSharedFetches(),
    mounted: new Map(),
    shared: new Map(),
    waiting: new Set(),
    disposed: false,
    report,
    checkIdentity: () => checkIdentity(),
    get scope() {
      return (scope ??= createInstanceContext(runtime));
    },

    ...createOperationChains(resolved, config.instrument),
    templateOf: remember(parsePath),

    queryKeyOf(path, { method = "GET", params, query } = {}, { keyPrefix } = checkIdentity()) {
      return keyPrefix + toQueryKey(runtime.templateOf(path).fill(params), method, query);
    },

    request: (path, options, owner, session) =>
      runRequest(new Context(runtime, path, options, owner, session)),
  };
  const checkIdentity = createSessions(runtime, createState);
  return runtime;
}

/** @throws ClientError `INVALID_BASE_URL` for what is neither an absolute URL nor a path, or ends in a query. */
function toBaseUrl(baseUrl: string): string {
  const isPath = /^(\/|$)/.test(baseUrl);
  // `localhost:3000` parses as a URL, of the scheme `localhost`.
  const isUrl = baseUrl.includes("://") && URL.canParse(baseUrl);
  if (!(isPath || isUrl) || /[?#]/.test(baseUrl))
    throw new ClientError(
      "INVALID_BASE_URL",
      `"${baseUrl}" is no base URL: begin it with https:// or /, and leave out ? and #`,
    );
  return baseUrl.replace(/[^/]$/, "$&/");
}

function reportToPlatform(error: unknown): void {
  if (typeof reportError === "function") reportError(error);
  // oxlint-disable-next-line no-console -- the only place left where somebody may see it
  else console.error(error);
}
