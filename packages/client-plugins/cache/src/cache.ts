import { definePlugin, serveEntry, type CacheEntry } from "@x/client";

/** How long answers are fresh: in `cache()` for every read, in a read's options for that one. */
export interface CacheOptions {
  /**
   * How long an answer is fresh, in milliseconds since it was stored. `0`: never, `Infinity`: until it is marked
   * stale. Default: 60,000.
   */
  readonly staleTime?: number | undefined;
}

/** What the plugin adds to a client. */
export interface CacheMethods {
  /**
   * Forgets answers by tags or patterns (`posts/1`, `posts/*`). Without an argument it forgets all of them, and what
   * is still under way is not stored.
   */
  clearCache(patterns?: string | readonly string[]): void;
}

/** What the plugin adds to the types of a client. */
export interface CacheTypes {
  options: CacheOptions;
  methods: CacheMethods;
}

/** What other plugins get by `plugins.get("cache")`. */
export interface CacheInternal {
  /** Whether a read like this one, made now, would be answered without a fetch. */
  isFresh(): boolean;
}

declare module "@x/client" {
  interface PluginInternalRegistry {
    cache: CacheInternal;
  }
}

/** A minute: a plugin that caches nothing until it is configured would be a surprise. */
const DEFAULT_STALE_TIME = 60_000;

/**
 * Answers a read from the state while the answer there is fresh. It fetches what is not there, older than
 * `staleTime`, marked stale, or forced by `forceRefetch`.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { cache } from "@x/client-cache";
 *
 * const client = createClient({ baseUrl: "/api" }).use([cache({ staleTime: 5_000 })]);
 * await client.get("posts");
 * await client.get("posts"); // no fetch
 * await client.get("posts", { staleTime: 0 }); // a fetch
 * ```
 */
export function cache({ staleTime: defaultStaleTime = DEFAULT_STALE_TIME }: CacheOptions = {}) {
  return definePlugin<CacheTypes>()({
    name: "cache",
    operations: ["read", "pages"],
    // Outside of whatever is done for a request that is sent.
    priority: -10,

    middleware(context, next) {
      const { stateManager, queryKey, forceRefetch, requestTimestamp, pluginOptions } = context;
      const entry = forceRefetch ? undefined : stateManager.getCache(queryKey);
      // By the time of the request: one that had to wait in an outer plugin is not answered later for it.
      const fresh = isFresh(entry, requestTimestamp, pluginOptions?.staleTime ?? defaultStaleTime);
      return fresh ? serveEntry(entry) : next();
    },

    internal: ({ stateManager, queryKey, clock, pluginOptions }): CacheInternal => ({
      isFresh: () =>
        isFresh(stateManager.getCache(queryKey), clock.now(), pluginOptions?.staleTime ?? defaultStaleTime),
    }),

    api: ({ stateManager }) => ({
      clearCache(patterns) {
        if (patterns === undefined) stateManager.clear();
        else for (const key of stateManager.findKeys(patterns)) stateManager.deleteCache(key);
      },
    }),
  });
}

function isFresh(entry: CacheEntry | undefined, now: number, staleTime: number): entry is CacheEntry {
  return entry !== undefined && !entry.stale && now - entry.state.timestamp < staleTime;
}
