import { refetch } from "@x/client-refetch";
import type { PluginCost } from "../plugin-cost.ts";

export const refetchCost: PluginCost = {
  name: "refetch",
  imports: "refetch",
  work: {
    what: "an observer that is mounted, reads and is unmounted",
    open({ clientWith }) {
      let listened = 0;
      const events = () => {
        listened += 1;
        return () => {};
      };
      const client = clientWith(refetch({ focusEvents: events, reconnectEvents: events }));
      return {
        async run(id) {
          const observer = client.observe("items/:id", { params: { id } });
          observer.mount();
          await observer.refetch();
          observer.unmount();
        },
        find: () => listened,
      };
    },
    difference: { without: 0, with: 6 },
  },
  idle: {
    what: "a read without an observer",
    open({ clientWith }) {
      const client = clientWith(refetch());
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
