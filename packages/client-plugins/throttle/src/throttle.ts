import {
  definePlugin,
  perClient,
  serveEntry,
  untilAborted,
  type PluginResponse,
  type RequestContext,
} from "@x/client";
import { openWindow, type Window } from "./window.ts";

/** How often a key is fetched: in `throttle()` for every read, in a read's options for that one. */
export interface ThrottleOptions {
  /**
   * For how long after the start of a fetch its key is not fetched again, in milliseconds. `0` fetches each time.
   * Default: 0.
   */
  readonly throttleMs?: number | undefined;
}

/** What the plugin adds to the types of a client. */
export interface ThrottleTypes {
  options: ThrottleOptions;
}

/** Where a request that fetches notes its window. */
const WINDOW = "throttle:window";

/**
 * Fetches a key at most once in `throttleMs`. Further reads get the current data, and those that come while it is
 * fetched wait for it. A forced refetch passes.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { throttle } from "@x/client-throttle";
 *
 * const client = createClient({ baseUrl: "/api" }).use([throttle({ throttleMs: 1_000 })]);
 * await client.get("prices");
 * await client.get("prices"); // the same data, without a fetch
 * await client.get("prices", { forceRefetch: true }); // a fetch
 * ```
 */
export function throttle({ throttleMs: defaultThrottleMs = 0 }: ThrottleOptions = {}) {
  const windowsOf = perClient(() => new Map<string, Window>());

  function findWindow(context: RequestContext): Window | undefined {
    const window = windowsOf(context).get(context.queryKey);
    return window && !window.aborted && context.clock.now() < window.endsAt ? window : undefined;
  }

  /** Begins a window, and lets go of those that are over. */
  function begin(context: RequestContext, throttleMs: number): void {
    const windows = windowsOf(context);
    const now = context.clock.now();
    for (const [key, { endsAt, pending }] of windows) if (endsAt <= now && !pending) windows.delete(key);
    const window = openWindow(now + throttleMs);
    windows.set(context.queryKey, window);
    context.temp.set(WINDOW, window);
  }

  return definePlugin<ThrottleTypes>()({
    name: "throttle",
    operations: ["read"],
    // Inside of a cache, whose hits are no fetches, and outside of a retry, whose attempts are to pass.
    priority: -9,

    async middleware(context, next) {
      const throttleMs = context.pluginOptions?.throttleMs ?? defaultThrottleMs;
      if (!(throttleMs > 0)) return next();
      let window = context.forceRefetch ? undefined : findWindow(context);
      while (window?.pending) {
        await untilAborted(window.pending, context.request.signal);
        // The others go on with what one of them fetches.
        if (window.aborted) window = findWindow(context);
      }
      const known = window && answerOf(context, window);
      if (known) return known;
      begin(context, throttleMs);
      return next();
    },

    afterResponse({ temp }, response) {
      (temp.get(WINDOW) as Window | undefined)?.end(response);
    },
  });
}

/** What is known without another fetch. Nothing is after a window whose data was forgotten. */
function answerOf({ stateManager, queryKey }: RequestContext, window: Window): PluginResponse | undefined {
  const entry = stateManager.getCache(queryKey);
  return entry ? serveEntry(entry) : window.failure;
}
