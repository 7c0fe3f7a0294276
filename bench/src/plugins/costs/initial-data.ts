import { initialData } from "@x/client-initial-data";
import { ITEM } from "../../client/api.ts";
import type { PluginCost } from "../plugin-cost.ts";

export const initialDataCost: PluginCost = {
  name: "initial-data",
  imports: "initialData",
  work: {
    what: "a read that begins with data, and fetches",
    open({ clientWith }) {
      let shown = 0;
      const client = clientWith(initialData(), {
        async transport() {
          shown += client.stateManager.size;
          return { status: 200, data: { item: ITEM } };
        },
      });
      return {
        run(id) {
          const params = { id };
          client.stateManager.deleteCache(client.queryKeyOf("items/:id", { params }));
          return client.get("items/:id", { params, initialData: ITEM });
        },
        find: () => shown,
      };
    },
    // The last of three is of another key: the entry of the two before it is there as well.
    difference: { without: 1, with: 4 },
  },
  idle: {
    what: "a read without data to begin with",
    open({ clientWith }) {
      const client = clientWith(initialData());
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
