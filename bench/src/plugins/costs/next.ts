import { next } from "@x/client-next";
import type { PluginCost } from "../plugin-cost.ts";

export const nextCost: PluginCost = {
  name: "next",
  imports: "next",
  work: {
    what: "a read on a server, whose `fetch` is told its tags",
    open({ clientWith, sent }) {
      const client = clientWith(next({ next: { revalidate: 60 } }));
      return {
        run: (id) => client.get("items/:id", { params: { id } }),
        find: () => sent.filter(({ fetchInit }) => fetchInit).length,
      };
    },
    difference: { without: 0, with: 3 },
  },
  idle: {
    what: "a write, and no server to tell",
    open({ clientWith }) {
      const client = clientWith(next());
      return { run: (id) => client.put("items/:id", { params: { id }, body: { title: "A stool" } }) };
    },
  },
};
