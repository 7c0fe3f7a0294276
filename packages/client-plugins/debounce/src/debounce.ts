import { definePlugin, perClient, type OperationType, type RequestContext } from "@x/client";
import { createBursts } from "./bursts.ts";

/** Options of one request. */
export interface DebounceOptions {
  /**
   * How long a request waits for a later one of its burst, in milliseconds; the last one is sent. `0` sends at once.
   * Default: the plugin's, for the operations that it is configured with.
   */
  readonly debounceMs?: number | undefined;
}

/** What is debounced unless a request says otherwise. */
export interface DebounceConfig extends DebounceOptions {
  /** The operations to which the plugin's `debounceMs` applies. Default: `["read"]`. */
  readonly operations?: readonly OperationType[] | undefined;
}

/** What the plugin adds to the types of a client. */
export interface DebounceTypes {
  options: DebounceOptions;
}

/**
 * Sends the last request of a burst. Those that a later one supersedes settle at once, with the error code
 * `SUPERSEDED`. A burst are the requests of one observer, whatever their keys; without an observer, those of one method
 * and path, whatever their query.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { debounce } from "@x/client-debounce";
 *
 * const client = createClient({ baseUrl: "/api" }).use([debounce()]);
 * const search = client.observe("search", { query: { text: "a" }, debounceMs: 300 });
 * search.mount();
 * search.update({ query: { text: "ab" }, debounceMs: 300 }); // alone is sent, 300 ms later
 * ```
 */
export function debounce(config: DebounceConfig = {}) {
  const { operations = ["read"] } = config;
  const burstsOf = perClient(createBursts);

  return definePlugin<DebounceTypes>()({
    name: "debounce",
    // Outside of a cache: what is typed past is not worth an answer either.
    priority: -30,

    setup(context) {
      const bursts = burstsOf(context);
      return () => bursts.dispose();
    },

    async middleware(context, next) {
      const configured = operations.includes(context.operationType) ? config.debounceMs : undefined;
      const delayMs = context.pluginOptions?.debounceMs ?? configured ?? 0;
      if (!(delayMs > 0)) return next();
      const bursts = burstsOf(context);
      const burst = burstOf(context);
      bursts.supersede(burst);
      // Who asks for a refetch wants it now.
      if (context.forceRefetch) return next();
      const error = await bursts.wait(context, burst, delayMs);
      return error ? { error } : next();
    },
  });
}

/** Which requests are one burst. What somebody types goes into the query; another path is about something else. */
function burstOf({ observed, instanceId, queryKey }: RequestContext): string {
  return observed ? instanceId : queryKey.split("?", 1).join("");
}
