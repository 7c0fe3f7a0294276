import type { ClientPlugin } from "@x/client";

/** The least that can be called a cache: answers reads from the state, and does not call `next()` then. */
export function serving(priority = 0): ClientPlugin {
  return {
    name: "my-app:serving",
    operations: ["read"],
    priority,
    middleware: async (context, next) => {
      const cached = context.stateManager.getCache(context.queryKey);
      return cached ? { data: cached.state.data, status: 200 } : next();
    },
  };
}
