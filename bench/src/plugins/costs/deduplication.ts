import { deduplication } from "@x/client-deduplication";
import type { PluginCost } from "../plugin-cost.ts";

export const deduplicationCost: PluginCost = {
  name: "deduplication",
  imports: "deduplication",
  work: {
    what: "two equal reads at once, of which one fetches",
    open({ clientWith, sent }) {
      const client = clientWith(deduplication());
      const read = (id: number) => client.get("items/:id", { params: { id } });
      return { run: (id) => Promise.all([read(id), read(id)]), find: () => sent.length };
    },
    difference: { without: 6, with: 3 },
  },
  idle: {
    what: "a read that nobody joins",
    open({ clientWith }) {
      const client = clientWith(deduplication());
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
