import { invalidation } from "@x/client-invalidation";
import type { PluginCost } from "../plugin-cost.ts";

export const invalidationCost: PluginCost = {
  name: "invalidation",
  imports: "invalidation",
  work: {
    what: "a read, and a write that makes it stale beside 99 that are",
    open({ clientWith }) {
      const client = clientWith(invalidation());
      let stale = 0;
      return {
        async run(id) {
          await client.get("items/:id", { params: { id } });
          await client.put("items/:id", { params: { id }, body: { title: "A stool" } });
          if (client.stateManager.getCache(client.queryKeyOf("items/:id", { params: { id } }))?.stale)
            stale += 1;
        },
        find: () => stale,
      };
    },
    difference: { without: 0, with: 3 },
  },
  idle: {
    what: "a read",
    open({ clientWith }) {
      const client = clientWith(invalidation());
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
