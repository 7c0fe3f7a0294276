import { cache } from "@x/client-cache";
import { createTestBench } from "@x/client/testing";
import { gc, type GcConfig } from "./gc.ts";

/** A client that caches for good and collects, and a server that has any `GET items/:id`. */
export function collecting(config?: GcConfig) {
  const bench = createTestBench();
  for (let id = 1; id <= 9; id += 1) bench.transport.reply(`GET items/${id}`, { data: id });
  const client = bench.client.use([cache({ staleTime: Infinity }), gc(config)]);
  return {
    ...bench,
    client,
    read: (id: number, options: { gcTime?: number; forceRefetch?: boolean } = {}) =>
      client.get("items/:id", { params: { id }, ...options }),
    observe: (id: number, options: { gcTime?: number } = {}) =>
      client.observe("items/:id", { params: { id }, ...options }),
    /** The ids that there is data for. */
    known: () => [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((id) => client.stateManager.getCache(`GET items/${id}`)),
  };
}
