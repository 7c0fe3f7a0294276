import { prefetch } from "@x/client-prefetch";
import type { PluginCost } from "../plugin-cost.ts";

export const prefetchCost: PluginCost = {
  name: "prefetch",
  imports: "prefetch",
  work: {
    what: "`client.prefetch` in place of `client.get`",
    open({ clientWith }) {
      const client = clientWith(prefetch());
      // Not by `in`, which would tell the compiler that a client without it cannot be.
      const isThere = Object.hasOwn(client, "prefetch");
      const read = isThere ? client.prefetch : client.get;
      return { run: (id) => read("items/:id", { params: { id } }), find: () => isThere };
    },
    difference: { without: false, with: true },
  },
  idle: {
    what: "a read",
    open({ clientWith }) {
      const client = clientWith(prefetch());
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
