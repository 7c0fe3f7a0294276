import { resolvePlugins } from "@x/pipeline";
import { createOperationChain, type OperationChain } from "../request/chain.ts";
import type { ClientConfig } from "./client-types.ts";
import { systemClock } from "../clock.ts";
import { Context } from "../request/context.ts";
import { ClientError } from "../errors.ts";
import { createEventEmitter } from "../event-emitter.ts";
import { guardScope } from "./guard-scope.ts";
import { fetchTransport } from "../transport/fetch-transport.ts";
import { fillPath, parsePath, type PathTemplate } from "../request/path.ts";
import type { AnyPlugin } from "../plugin/plugin.ts";
import { toQueryKey } from "../request/query-key.ts";
import { runRequest } from "../request/run-request.ts";
import type { Runtime } from "./runtime-types.ts";
import { createSessions } from "./session.ts";
import { createSharedFetches } from "../request/shared-fetches.ts";
import { createStateManager } from "../state/state-manager.ts";

/** How many path templates a client remembers. Applications have fewer; paths made of data are parsed again. */
const MAX_TEMPLATES = 1_000;

/** Makes all that the parts of one client share. */
export function createRuntime(config: ClientConfig, plugins: readonly AnyPlugin[]): Runtime {
  const resolved = resolvePlugins(plugins);
  const chains = new Map<string, OperationChain>();
  const templates = new Map<string, PathTemplate>();
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
  const checkIdentity = createSessions(config.identity, report, (previous) => {
    runtime.state.clear();
    previous.end();
    runtime.events.emit("identity", { identity: checkIdentity().identity, previous: previous.identity });
    for (const follow of [...runtime.mounted.values()]) follow();
  });

  const runtime: Runtime = {
    config,
    baseUrl: toBaseUrl(config.baseUrl ?? ""),
    plugins: resolved,
    pluginsByName: new Map(resolved.map((plugin) => [plugin.name, plugin])),
    transport: config.transport ?? fetchTransport(),
    clock,
    state: guardScope(
      createStateManager({ clock, report, checkIdentity, onListenerThrow }),
      config.requestScope,
    ),
    events: createEventEmitter(onListenerThrow),
    sharedFetches: createSharedFetches(),
    mounted: new Map(),
    waiting: new Set(),
    disposed: false,
    report,
    checkIdentity,

    chainFor(operation) {
      const known = chains.get(operation);
      if (known) return known;
      const chain = createOperationChain(resolved, operation, config.instrument);
      chains.set(operation, chain);
      return chain;
    },

    templateOf(path) {
      const known = templates.get(path);
      if (known) return known;
      const template = parsePath(path);
      if (templates.size >= MAX_TEMPLATES) templates.clear();
      templates.set(path, template);
      return template;
    },

    queryKeyOf(path, { method = "GET", params, query } = {}) {
      const template = runtime.templateOf(path);
      return checkIdentity().keyPrefix + toQueryKey(template, fillPath(template, params), method, query);
    },

    request: (path, options, owner) => runRequest(new Context(runtime, path, options, owner)),
  };
  return runtime;
}

/** @throws ClientError `INVALID_BASE_URL` for what is neither an absolute URL nor a path, or ends in a query. */
function toBaseUrl(baseUrl: string): string {
  const isPath = baseUrl === "" || baseUrl.startsWith("/");
  // `localhost:3000` parses as a URL, of the scheme `localhost`.
  if (!isPath && !(baseUrl.includes("://") && URL.canParse(baseUrl)))
    throw new ClientError(
      "INVALID_BASE_URL",
      `"${baseUrl}" is no URL: start it with https:// or, for a path, with /`,
    );
  if (/[?#]/.test(baseUrl))
    throw new ClientError(
      "INVALID_BASE_URL",
      `"${baseUrl}" has a query or a fragment, and paths cannot follow one`,
    );
  return baseUrl === "" || baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`;
}

function reportToPlatform(error: unknown): void {
  if (typeof reportError === "function") reportError(error);
  // oxlint-disable-next-line no-console -- the only place left where somebody may see it
  else console.error(error);
}
