import { retry } from "@x/client-retry";
import { hastyClock } from "../path-bench.ts";
import type { PluginCost } from "../plugin-cost.ts";

const busy = async () => ({ status: 503 });

export const retryCost: PluginCost = {
  name: "retry",
  imports: "retry",
  work: {
    what: "a read that fails and is sent once more, the second fetch included",
    open({ clientWith, sent }) {
      const client = clientWith(retry({ retries: 1 }), { clock: hastyClock, transport: busy });
      return { run: (id) => client.get("items/:id", { params: { id } }), find: () => sent.length };
    },
    difference: { without: 3, with: 6 },
  },
  idle: {
    what: "a read that succeeds",
    open({ clientWith }) {
      const client = clientWith(retry());
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
