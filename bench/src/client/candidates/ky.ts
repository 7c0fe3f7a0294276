import ky, { type KyInstance } from "ky";
import { type ApiBody, BASE_URL } from "../api.ts";
import type { ClientCandidate } from "../client-candidate.ts";
import { leavesOutCaches } from "../leaves-out-caches.ts";

/** `fetch` with retries, timeouts and hooks. */
export const kyClient: ClientCandidate = {
  name: "ky",
  leavesOut: leavesOutCaches,
  createReader(_, fetch) {
    const api: KyInstance = ky.create({ prefix: BASE_URL, fetch });
    const read = (id: number) => api.get(`items/${id}`).json<ApiBody>();
    return { read, readItem: async (id) => (await read(id)).data.item, clear() {} };
  },
};
