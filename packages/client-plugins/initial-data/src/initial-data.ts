import { definePlugin, perClient } from "@x/client";
import { answerOf, seed } from "./seed.ts";
import type { InitialDataConfig, InitialDataTypes } from "./types.ts";

/**
 * Begins a read with data that is already at hand: it is shown until the first answer, or is the answer. What the
 * client knows already wins over it, and it does not come back when the state was cleared.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { initialData } from "@x/client-initial-data";
 *
 * const client = createClient({ baseUrl: "/api" }).use([initialData()]);
 * const observer = client.observe("posts/:id", { params: { id: 1 }, initialData: { title: "from the list" } });
 * observer.mount(); // shows it at once, and fetches
 * ```
 */
export function initialData(config: InitialDataConfig = {}) {
  const mountedOf = perClient(() => new Set<string>());

  return definePlugin<InitialDataTypes>()({
    name: "initial-data",
    operations: ["read"],
    // Outside of a cache, which is to find what is seeded here.
    priority: -20,

    lifecycle: {
      onMount(context) {
        mountedOf(context).add(context.instanceId);
        seed(context, config);
      },
      onUpdate(context, previous) {
        // What was at hand for one user is nothing to the next.
        if (context.queryKey !== previous.queryKey && context.identity === previous.identity)
          seed(context, config);
      },
      onUnmount(context) {
        mountedOf(context).delete(context.instanceId);
      },
    },

    middleware(context, next) {
      // A mounted observer has been given its initial data. It does not get it again, after a `clear()` for instance.
      if (!context.forceRefetch && !mountedOf(context).has(context.instanceId)) seed(context, config);
      return answerOf(context) ?? next();
    },
  });
}
