import { ofetch } from "ofetch";
import { type ApiBody, BASE_URL } from "../api.ts";
import type { ClientCandidate } from "../client-candidate.ts";
import { leavesOutCaches } from "../leaves-out-caches.ts";

/** `fetch` that parses, with retries and hooks. */
export const ofetchClient: ClientCandidate = {
  name: "ofetch",
  leavesOut: leavesOutCaches,
  createReader(_, fetch) {
    const api = ofetch.create({ baseURL: BASE_URL }, { fetch });
    const read = (id: number) => api<ApiBody>(`items/${id}`);
    return { read, readItem: async (id) => (await read(id)).data.item, clear() {} };
  },
};
