import { BASE_URL, type ApiBody } from "../api.ts";
import type { ClientCandidate } from "../client-candidate.ts";

/** The limit: `fetch` and `json()` alone, in front of them a `Map` where a case asks for a cache. */
export const byHand: ClientCandidate = {
  name: "by hand",
  note: "`fetch` and `json()` alone; a Map of data for cached reads, of promises for concurrent ones",
  leavesOut: ({ kind }) =>
    kind === "fill" || kind === "invalidate" ? "a Map by itself has nothing to invalidate by" : undefined,
  createReader({ kind }, fetch) {
    const known = new Map<string, unknown>();
    const send = async (path: string): Promise<unknown> => {
      const response = await fetch(`${BASE_URL}/${path}`);
      return response.json();
    };
    const readers = {
      uncached: (id: number) => send(`items/${id}`),
      cached: async (id: number) => {
        const path = `items/${id}`;
        const found = known.get(path);
        if (found !== undefined) return found;
        const data = await send(path);
        known.set(path, data);
        return data;
      },
      concurrent: (id: number) => {
        const path = `items/${id}`;
        const found = known.get(path);
        if (found) return found as Promise<unknown>;
        const data = send(path);
        known.set(path, data);
        return data;
      },
    };
    const read = readers[kind];
    return {
      read,
      readItem: async (id) => ((await read(id)) as ApiBody).data.item,
      clear: () => known.clear(),
    };
  },
};
