import { devtools } from "@x/client-devtools";
import type { PluginCost } from "../plugin-cost.ts";

export const devtoolsCost: PluginCost = {
  name: "devtools",
  imports: "devtools",
  work: {
    what: "a read while somebody listens",
    open({ clientWith }) {
      let told = 0;
      const client = clientWith(devtools());
      if ("onDevtoolsEvent" in client) client.onDevtoolsEvent(() => void (told += 1));
      return { run: (id) => client.get("items/:id", { params: { id } }), find: () => told > 0 };
    },
    difference: { without: false, with: true },
  },
  idle: {
    what: "a read while nobody does",
    open({ clientWith }) {
      const client = clientWith(devtools());
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
