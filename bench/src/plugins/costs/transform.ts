import { transform } from "@x/client-transform";
import { isDeepStrictEqual } from "node:util";
import { ITEM } from "../../client/api.ts";
import type { PluginCost } from "../plugin-cost.ts";

const trimmed = {
  GET: ({ item }: { item: typeof ITEM }) => ({ item: { ...item, title: item.title.trim() } }),
};

export const transformCost: PluginCost = {
  name: "transform",
  imports: "transform",
  work: {
    what: "a read whose data is made anew",
    open({ clientWith }) {
      let first: unknown;
      const received = { item: { ...ITEM, title: ` ${ITEM.title} ` } };
      const client = clientWith(transform({ "items/:id": trimmed }), {
        transport: async () => ({ status: 200, data: { ...received } }),
      });
      return {
        async run(id) {
          const { data } = await client.get("items/:id", { params: { id } });
          first ??= data;
        },
        find: () => isDeepStrictEqual(first, { item: ITEM }),
      };
    },
    difference: { without: false, with: true },
  },
  idle: {
    what: "a read of a path without a transform",
    open({ clientWith }) {
      const client = clientWith(transform({ posts: trimmed }));
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
