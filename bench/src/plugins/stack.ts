import { createClient, fetchTransport } from "@x/client";
import { cache } from "@x/client-cache";
import { deduplication } from "@x/client-deduplication";
import { invalidation } from "@x/client-invalidation";
import { optimistic } from "@x/client-optimistic";
import { retry } from "@x/client-retry";
import { type ApiBody, BASE_URL } from "../client/api.ts";
import { clientCandidates } from "../client/candidates.ts";
import type { ClientCandidate } from "../client/client-candidate.ts";
import { CONCURRENT_READS, KEYS, type ReadCase } from "../client/client-case.ts";

interface Api {
  "items/:id": { GET: { data: ApiBody } };
}

/** Ours with the plugins that most applications want, as they are published. */
const stack: ClientCandidate = {
  name: "@x/client",
  leavesOut: () => undefined,
  createReader({ kind }, fetch) {
    const client = createClient<Api>({ baseUrl: BASE_URL, transport: fetchTransport({ fetch }) }).use([
      // Reads past the cache are stale at once, as the peers' are.
      cache({ staleTime: kind === "uncached" ? 0 : 60_000 }),
      deduplication(),
      retry(),
      invalidation(),
      optimistic(),
    ]);
    const read = (id: number) => client.get("items/:id", { params: { id } });
    return {
      read,
      readItem: async (id) => (await read(id)).data?.data.item,
      clear: () => client.stateManager.clear(),
    };
  },
};

const CONCURRENT = `${CONCURRENT_READS.toLocaleString("en")} concurrent reads of ${KEYS} keys`;

/** How that stack is read from beside its peers. */
export const stackCases: readonly ReadCase[] = [
  { id: "stack-cached", title: "cached read", kind: "cached", plugins: 5 },
  { id: "stack-uncached", title: "uncached read", kind: "uncached", plugins: 5 },
  { id: "stack-concurrent", title: CONCURRENT, kind: "concurrent", plugins: 5 },
];

/** Every candidate of those cases, in the order of the table's columns. */
export const stackCandidates: readonly ClientCandidate[] = clientCandidates.map((candidate) =>
  candidate.name === stack.name ? stack : candidate,
);
