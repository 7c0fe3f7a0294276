import type { Clock } from "@x/client";
import { polling } from "@x/client-polling";
import type { PluginCost } from "../plugin-cost.ts";

export const pollingCost: PluginCost = {
  name: "polling",
  imports: "polling",
  work: {
    what: "an observer's answer, after which it is to ask again",
    open({ clientWith }) {
      let scheduled = 0;
      // It is not to ask by itself while it is measured.
      const clock: Clock = {
        now: () => Date.now(),
        schedule() {
          scheduled += 1;
          return () => {};
        },
      };
      const observer = clientWith(polling({ refetchInterval: 1_000 }), { clock }).observe("items");
      observer.mount();
      return { run: () => observer.refetch(), find: () => scheduled >= 3 };
    },
    difference: { without: false, with: true },
  },
  idle: {
    what: "a read without an observer",
    open({ clientWith }) {
      const client = clientWith(polling({ refetchInterval: 1_000 }));
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
