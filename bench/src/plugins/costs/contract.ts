import { contract } from "@x/client-contract";
import { ITEM } from "../../client/api.ts";
import type { PluginCost } from "../plugin-cost.ts";

const known = { hashes: { "items/:id GET": "fD0_3kq1Zb8x" }, shapes: async () => ({ default: {} }) };

export const contractCost: PluginCost = {
  name: "contract",
  imports: "contract",
  work: {
    what: "a read that tells what it was built for, and is tagged by the server",
    open({ clientWith }) {
      const client = clientWith(contract(known), {
        transport: async () => ({
          status: 200,
          headers: { "api-reads": "furniture" },
          data: { item: { ...ITEM } },
        }),
      });
      return {
        run: (id) => client.get("items/:id", { params: { id } }),
        find: () => client.stateManager.findKeys("furniture").length,
      };
    },
    difference: { without: 0, with: 2 },
  },
  idle: {
    what: "a read of an API that it does not know",
    open({ clientWith }) {
      const client = clientWith(contract({ ...known, hashes: {} }));
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
