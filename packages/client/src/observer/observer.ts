import { callHooks } from "../plugin/call-hook.ts";
import { Context } from "../request/context.ts";
import type { GenericRequestOptions } from "../request/context-types.ts";
import { createListeners } from "./listeners.ts";
import type { Observer, ObserverSnapshot } from "./observer-types.ts";
import type { ClientResponse } from "../request/response.ts";
import { runRequest } from "../request/run-request.ts";
import type { RequestOwner, Runtime } from "../client/runtime-types.ts";
import type { CacheEntry } from "../state/state-types.ts";
import { matchesTags } from "../state/tag-index.ts";
import { takeSnapshot } from "./take-snapshot.ts";

/** Creates an observer of one path. A read fetches when it is mounted and when its key changes. */
export function createObserver(
  runtime: Runtime,
  path: string,
  initialOptions: GenericRequestOptions,
  fetchesBySelf: boolean,
): Observer {
  const instanceId = `observer-${runtime.state.mark()}`;
  const listeners = createListeners(runtime.report, path);
  let options = initialOptions;
  let mounted = false;
  let underWay: Context | undefined;
  let response: ClientResponse | undefined;
  let snapshot: ObserverSnapshot | undefined;
  /** The entry that the snapshot shows. */
  let shown: CacheEntry | undefined;
  /** Whether there is news that no listener has been told. */
  let untold = false;
  let stopListening: () => void = () => {};

  const owner: RequestOwner = {
    instanceId,
    get mounted() {
      return mounted;
    },
    refetch,
    metaChanged: changed,
    answered(order, answer) {
      // A superseded request's answer is its caller's, and no longer this observer's.
      if (order !== underWay?.order) return;
      underWay = undefined;
      response = answer;
      untold = true;
    },
  };
  /** The latest request's context, with the latest options; before the first request an idle one. */
  let context = createContext();

  function createContext(overrides?: Partial<GenericRequestOptions>): Context {
    return new Context(runtime, path, { ...options, ...overrides }, owner);
  }

  function changed(): void {
    snapshot = undefined;
    untold = false;
    listeners.tell();
  }

  /** Makes a context the observer's latest one, in place of the one before. */
  function supersede(next: Context): void {
    if (context !== next) context.cleanUp();
    if (context.queryKey !== next.queryKey) response = undefined;
    // What another user has sent is not to be answered here.
    if (context.session !== next.session) underWay = undefined;
    context = next;
    listen();
  }

  async function run(next: Context): Promise<ClientResponse> {
    supersede(next);
    underWay = next;
    changed();
    const answer = await runRequest(next);
    if (untold) changed();
    return answer;
  }

  function refetch(): Promise<ClientResponse> {
    followIdentity();
    return run(createContext({ ...context.pluginOptions, forceRefetch: true }));
  }

  function listen(): void {
    stopListening();
    if (!mounted) return;
    const key = context.queryKey;
    const stops = [
      runtime.state.subscribe(key, changed),
      runtime.events.on("refetch", ({ queryKey, tags }) => {
        if (fetchesBySelf && (queryKey === key || (tags && matchesTags(tags, currentTags())))) void refetch();
      }),
    ];
    stopListening = () => stops.forEach((stop) => stop());
  }

  /** Its own, and those that somebody has given its entry. */
  function currentTags(): readonly string[] {
    return [...context.tags, ...(runtime.state.getCache(context.queryKey)?.tags ?? [])];
  }

  /** Shows and fetches for the current user what it has for the one before. */
  function followIdentity(): void {
    const session = runtime.checkIdentity();
    // Having asked may have told this very observer.
    if (context.session !== session) observer.update(options);
  }

  const observer: Observer = {
    mount({ fetch = true } = {}) {
      if (mounted || runtime.disposed) return;
      const first = createContext();
      if (!fetch) first.known = runtime.state.getCache(first.queryKey);
      mounted = true;
      runtime.mounted.set(observer, followIdentity);
      supersede(first);
      callHooks(runtime, "onMount", first);
      // A hook may have unmounted the observer, or sent a request by itself.
      if (fetchesBySelf && mounted && context === first) void run(first);
    },

    update(next) {
      options = next as GenericRequestOptions;
      const current = createContext();
      // Making one may have told this observer that somebody else is there.
      const previous = context;
      const sameKey = current.queryKey === previous.queryKey;
      const sameRequest = sameKey || !fetchesBySelf;
      if (mounted && sameRequest && current.session === previous.session) current.continueFrom(previous);
      supersede(current);
      if (mounted) callHooks(runtime, "onUpdate", current, previous);
      if (mounted && !sameRequest && context === current) void run(current);
      else if (!sameKey) changed();
    },

    unmount() {
      if (!mounted) return;
      mounted = false;
      runtime.mounted.delete(observer);
      callHooks(runtime, "onUnmount", context);
      context.cleanUp();
      stopListening();
    },

    subscribe: listeners.add,

    getSnapshot() {
      followIdentity();
      const entry = context.storesData ? runtime.state.getCache(context.queryKey) : undefined;
      // Nobody tells an observer that is not mounted of another entry.
      if (!snapshot || entry !== shown)
        snapshot = takeSnapshot(context, entry, response, underWay !== undefined);
      shown = entry;
      return snapshot;
    },
    send: (overrides) => run(createContext(overrides)),
    refetch,
  };
  return observer;
}
