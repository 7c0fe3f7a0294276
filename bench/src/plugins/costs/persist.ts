import { persist } from "@x/client-persist";
import type { PluginCost } from "../plugin-cost.ts";

export const persistCost: PluginCost = {
  name: "persist",
  imports: "persist",
  work: {
    what: "a read that is to be kept, without the saving, which comes once a second",
    open({ clientWith }) {
      const storage = new Map<string, unknown>();
      const client = clientWith(persist({ storage }));
      return {
        run: (id) => client.get("items/:id", { params: { id } }),
        async find() {
          if ("savePersisted" in client) await client.savePersisted();
          return storage.size;
        },
      };
    },
    difference: { without: 0, with: 1 },
  },
  idle: {
    what: "a write",
    open({ clientWith }) {
      const client = clientWith(persist({ storage: new Map<string, unknown>() }));
      return { run: (id) => client.put("items/:id", { params: { id }, body: { title: "A stool" } }) };
    },
  },
};
