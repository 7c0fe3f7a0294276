import { cache } from "@x/client-cache";
import type { PluginCost } from "../plugin-cost.ts";

export const cacheCost: PluginCost = {
  name: "cache",
  imports: "cache",
  work: {
    what: "a read whose answer is fresh, in place of a fetch",
    open({ clientWith, sent }) {
      const client = clientWith(cache());
      return {
        run: (id) => client.get("items/:id", { params: { id } }),
        find: () => sent.length,
      };
    },
    difference: { without: 3, with: 2 },
  },
  idle: {
    what: "a read of which nothing is fresh",
    open({ clientWith }) {
      const client = clientWith(cache({ staleTime: 0 }));
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
