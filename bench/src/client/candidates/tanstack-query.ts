import { QueryClient } from "@tanstack/query-core";
import { type ApiBody, BASE_URL } from "../api.ts";
import type { ClientCandidate } from "../client-candidate.ts";
import type { Entry } from "../entries.ts";

/** A cache with state around a function that fetches. */
export const tanstackQuery: ClientCandidate = {
  name: "TanStack Query",
  note: "`QueryClient.fetchQuery` around `fetch` and `json()`, and its own retryer; `gcTime` is infinite, so that it keeps no timers",
  leavesOut: () => undefined,
  createReader({ kind }, fetch) {
    const client = createQueryClient();
    const staleTime = kind === "uncached" ? 0 : 60_000;
    const read = (id: number) =>
      client.fetchQuery({
        queryKey: ["items", id],
        queryFn: async () => {
          const response = await fetch(`${BASE_URL}/items/${id}`);
          return response.json() as Promise<ApiBody>;
        },
        staleTime,
      });
    return { read, readItem: async (id) => (await read(id)).data.item, clear: () => client.clear() };
  },
  createStore() {
    const client = createQueryClient();
    const set = ({ group, id, item }: Entry) => client.setQueryData(["items", group, id], item);
    return {
      set,
      invalidate: (group) => client.invalidateQueries({ queryKey: ["items", group] }),
      refresh: set,
      countStale: () =>
        client
          .getQueryCache()
          .getAll()
          .filter(({ state }) => state.isInvalidated).length,
    };
  },
};

// On a server that is the default anyway.
const createQueryClient = () => new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } });
