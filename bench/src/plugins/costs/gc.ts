import { gc } from "@x/client-gc";
import type { PluginCost } from "../plugin-cost.ts";

export const gcCost: PluginCost = {
  name: "gc",
  imports: "gc",
  work: {
    what: "a read, for which the answer before it goes",
    open({ clientWith }) {
      const client = clientWith(gc({ maxEntries: 1 }));
      return {
        run: (id) => client.get("items/:id", { params: { id } }),
        find: () => client.stateManager.size,
      };
    },
    difference: { without: 2, with: 1 },
  },
  idle: {
    what: "a read, and nothing to forget",
    open({ clientWith }) {
      const client = clientWith(gc());
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
