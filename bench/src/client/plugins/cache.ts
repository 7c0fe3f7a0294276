import { definePlugin } from "@x/client";

interface CacheTypes {
  options: { staleTime?: number };
}

/** Answers a read from the state while its entry is fresh. Times are in milliseconds. */
export function cache({ staleTime }: { readonly staleTime: number }) {
  return definePlugin<CacheTypes>()({
    name: "bench:cache",
    operations: ["read"],
    priority: -10,
    middleware(context, next) {
      const entry = context.forceRefetch ? undefined : context.stateManager.getCache(context.queryKey);
      if (!entry || entry.stale) return next();
      const age = context.requestTimestamp - entry.state.timestamp;
      return age < (context.pluginOptions?.staleTime ?? staleTime) ? { data: entry.state.data } : next();
    },
  });
}
