import { create } from "axios";
import { type ApiBody, BASE_URL } from "../api.ts";
import type { ClientCandidate } from "../client-candidate.ts";
import { leavesOutCaches } from "../leaves-out-caches.ts";

/** A client with interceptors and adapters. */
export const axiosClient: ClientCandidate = {
  name: "axios",
  note: "with its `fetch` adapter",
  leavesOut: leavesOutCaches,
  createReader(_, fetch) {
    const api = create({ baseURL: BASE_URL, adapter: "fetch", env: { fetch } });
    const read = (id: number) => api.get<ApiBody>(`items/${id}`);
    return { read, readItem: async (id) => (await read(id)).data.data.item, clear() {} };
  },
};
