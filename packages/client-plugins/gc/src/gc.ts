import { definePlugin, perClient } from "@x/client";
import { createCollector } from "./collector.ts";

/** Options of one read. */
export interface GcOptions {
  /**
   * How long an answer is kept after its last use, in milliseconds. Of several uses of one key the longest holds.
   * Default: that of the plugin.
   */
  readonly gcTime?: number | undefined;
}

/** How much is kept for how long. */
export interface GcConfig {
  /** How long an answer is kept after its last use, in milliseconds. `Infinity` keeps it. Default: 300,000. */
  readonly gcTime?: number | undefined;
  /** How many answers are kept; beyond it, those go first that were not used for longest. Default: no limit. */
  readonly maxEntries?: number | undefined;
}

/** What the plugin adds to the types of a client. */
export interface GcTypes {
  options: GcOptions;
}

/** Five minutes: going back to where one has been shows something at once. */
const DEFAULT_GC_TIME = 300_000;

/**
 * Forgets answers that were not used for a while. What an observer shows, or a request is under way for, is never
 * forgotten. There is a timer only while an observer is mounted; otherwise the requests themselves clear up.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { gc } from "@x/client-gc";
 *
 * const client = createClient({ baseUrl: "/api" }).use([gc({ gcTime: 60_000, maxEntries: 500 })]);
 * await client.get("countries", { gcTime: Infinity });
 * ```
 */
export function gc({ gcTime: defaultGcTime = DEFAULT_GC_TIME, maxEntries = Infinity }: GcConfig = {}) {
  const collectorOf = perClient((scope) => createCollector(scope, { gcTime: defaultGcTime, maxEntries }));

  return definePlugin<GcTypes>()({
    name: "gc",
    // Outermost: it has to know of every use, also of those that another plugin answers.
    priority: -100,

    setup: (scope) => () => collectorOf(scope).stop(),

    middleware(context, next) {
      // What a write is answered with is not kept.
      if (context.operationType === "write") return next();
      const collector = collectorOf(context);
      const { queryKey, instanceId, pluginOptions } = context;
      const gcTime = pluginOptions?.gcTime ?? defaultGcTime;
      collector.use(queryKey, gcTime);
      context.onCleanup(() => collector.release(queryKey));
      if (collector.isMounted(instanceId)) collector.observe(instanceId, queryKey, gcTime);
      return next();
    },

    lifecycle: {
      onMount(context) {
        const { queryKey, instanceId, pluginOptions } = context;
        collectorOf(context).observe(instanceId, queryKey, pluginOptions?.gcTime ?? defaultGcTime);
      },
      onUpdate(context) {
        const { queryKey, instanceId, pluginOptions } = context;
        collectorOf(context).observe(instanceId, queryKey, pluginOptions?.gcTime ?? defaultGcTime);
      },
      onUnmount: (context) => collectorOf(context).unobserve(context.instanceId),
    },
  });
}
