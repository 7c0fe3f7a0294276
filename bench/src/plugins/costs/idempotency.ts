import { idempotency } from "@x/client-idempotency";
import type { PluginCost } from "../plugin-cost.ts";

export const idempotencyCost: PluginCost = {
  name: "idempotency",
  imports: "idempotency",
  work: {
    what: "a POST that gets a key",
    open({ clientWith, sent }) {
      const client = clientWith(idempotency());
      return {
        run: (id) => client.post("items/:id", { params: { id }, body: { title: "A stool" } }),
        find: () => sent.filter(({ headers }) => headers["idempotency-key"]).length,
      };
    },
    difference: { without: 0, with: 3 },
  },
  idle: {
    what: "a PUT, which needs none",
    open({ clientWith }) {
      const client = clientWith(idempotency());
      return { run: (id) => client.put("items/:id", { params: { id }, body: { title: "A stool" } }) };
    },
  },
};
