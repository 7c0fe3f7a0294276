import { throttle } from "@x/client-throttle";
import type { PluginCost } from "../plugin-cost.ts";

const HOUR_MS = 3_600_000;

export const throttleCost: PluginCost = {
  name: "throttle",
  imports: "throttle",
  work: {
    what: "a read in the window of another, in place of a fetch",
    open({ clientWith, sent }) {
      const client = clientWith(throttle({ throttleMs: HOUR_MS }));
      return { run: (id) => client.get("items/:id", { params: { id } }), find: () => sent.length };
    },
    difference: { without: 3, with: 2 },
  },
  idle: {
    what: "a read without a window",
    open({ clientWith }) {
      const client = clientWith(throttle());
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
