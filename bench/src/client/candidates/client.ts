import { createClient, fetchTransport, type AnyPlugin } from "@x/client";
import { type ApiBody, BASE_URL, type Item } from "../api.ts";
import type { ClientCandidate } from "../client-candidate.ts";
import type { ReadCase } from "../client-case.ts";
import type { Entry } from "../entries.ts";
import { cache } from "../plugins/cache.ts";
import { dedupe } from "../plugins/dedupe.ts";
import { requestId } from "../plugins/request-id.ts";
import { retry } from "../plugins/retry.ts";
import { timing } from "../plugins/timing.ts";
import { transform } from "../plugins/transform.ts";

interface Api {
  "items/:id": { GET: { data: ApiBody } };
}

/** Ours, as it is built and published, with small plugins of this suite. */
export const client: ClientCandidate = {
  name: "@x/client",
  leavesOut: () => undefined,
  createReader(readCase, fetch) {
    const ours = createClient<Api>({ baseUrl: BASE_URL, transport: fetchTransport({ fetch }) }).use(
      pluginsOf(readCase),
    );
    const read = (id: number) => ours.get("items/:id", { params: { id } });
    return {
      read,
      readItem: async (id) => (await read(id)).data?.data.item,
      clear: () => ours.stateManager.clear(),
    };
  },
  createStore() {
    const { stateManager } = createClient({ baseUrl: BASE_URL });
    const pathOf = ({ group, id }: Entry) => `items/${group}/${id}`;
    return {
      set(entry) {
        const path = pathOf(entry);
        stateManager.setCache(`GET ${path}`, { state: { data: entry.item }, tags: [path] });
      },
      invalidate: (group) => stateManager.markStale(`items/${group}/*`),
      refresh: (entry) => stateManager.setCache(`GET ${pathOf(entry)}`, { stale: false }),
      countStale: () => stateManager.findKeys("*").filter((key) => stateManager.getCache(key)?.stale).length,
    };
  },
};

/** Reads past the cache are stale at once, as the peers' are. */
function pluginsOf({ kind, plugins }: ReadCase): AnyPlugin[] {
  const all = [
    cache({ staleTime: kind === "uncached" ? 0 : 60_000 }),
    kind === "concurrent" ? dedupe() : timing(countSlow()),
    requestId(),
    transform(trimTitle),
    retry({ retries: 2, delayMs: 100 }),
  ];
  return all.slice(0, plugins);
}

function countSlow() {
  let slow = 0;
  return (_path: string, durationMs: number) => {
    if (durationMs > 1_000) slow += 1;
    return slow;
  };
}

function trimTitle(data: unknown): ApiBody {
  // The stub answers with nothing else.
  const { item } = (data as { data: { item: Item } }).data;
  return { data: { item: { ...item, title: item.title.trim() } } };
}
