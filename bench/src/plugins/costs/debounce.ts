import type { Clock } from "@x/client";
import { debounce } from "@x/client-debounce";
import type { PluginCost } from "../plugin-cost.ts";

/** Bursts end with the turn of the event loop in which they began. */
const turnClock: Clock = {
  now: () => Date.now(),
  schedule(callback) {
    const immediate = setImmediate(callback);
    return () => clearImmediate(immediate);
  },
};

const endOfTurn = () => new Promise((resolve) => void setImmediate(resolve));

export const debounceCost: PluginCost = {
  name: "debounce",
  imports: "debounce",
  work: {
    what: "two reads of one burst, of which the last is sent",
    open({ clientWith, sent }) {
      const client = clientWith(debounce({ debounceMs: 1 }), { clock: turnClock });
      const read = (id: number) => client.get("items", { query: { id } });
      return {
        // Both sides wait for the turn to end, so that it is not taken for a cost of the plugin.
        run: (id) => Promise.all([read(id), read(id + 1), endOfTurn()]),
        find: () => sent.length,
      };
    },
    difference: { without: 6, with: 3 },
  },
  idle: {
    what: "a read that does not wait",
    open({ clientWith }) {
      const client = clientWith(debounce());
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
