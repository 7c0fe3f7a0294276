import { optimistic } from "@x/client-optimistic";
import type { PluginCost } from "../plugin-cost.ts";

export const optimisticCost: PluginCost = {
  name: "optimistic",
  imports: "optimistic",
  work: {
    what: "a write with an update, and the read that brings it",
    open({ clientWith }) {
      const client = clientWith(optimistic());
      let updates = 0;
      const update = (data: unknown) => {
        updates += 1;
        return data;
      };
      return {
        async run(id) {
          const params = { id };
          await client.put("items/:id", {
            params,
            body: { title: "A stool" },
            optimistic: { path: "items/:id", params, update },
          });
          await client.get("items/:id", { params });
        },
        find: () => updates > 0,
      };
    },
    difference: { without: false, with: true },
  },
  idle: {
    what: "a write without an update",
    open({ clientWith }) {
      const client = clientWith(optimistic());
      return { run: (id) => client.put("items/:id", { params: { id }, body: { title: "A stool" } }) };
    },
  },
};
