import type { Client } from "../client/client-types.ts";
import type { GenericRequestOptions } from "../request/context-types.ts";
import { createClient } from "../client/create-client.ts";
import { definePlugin } from "../plugin/define-plugin.ts";
import type { AnyPlugin } from "../plugin/plugin.ts";
import type { ClientResponse } from "../request/response.ts";
import { operationKinds } from "./operation-kinds.ts";
import type { Transport } from "../transport/transport.ts";

/** By how many bytes the heap of this process grew with each kind of requests, and what the client still holds. */
export interface HeapGrowth {
  readonly bytes: Readonly<Record<string, number>>;
  readonly requests: number;
  readonly entries: number;
  readonly fetching: number;
}

/** How many keys the kinds of requests use that leave data behind. */
export const KEPT_KEYS = 100;

const AT_ONCE = 50;

/** Sends the request of this number, another one each time. */
type Send = (client: Client, id: number) => Promise<unknown>;

const longLived = new AbortController();

/** A client whose requests end with a user's session, which lives on as well. */
const signedIn: Client = createClient({ identity: () => "ada", transport: async () => ({ status: 500 }) });

/** A client of which somebody looks at one answer for as long as it lives. */
const watched: Client = createClient({ transport: async () => ({ status: 200, data: "items" }) });

/** Kinds of requests after which the client should be as it was before. */
const kinds: Readonly<Record<string, Send>> = {
  ...operationKinds(KEPT_KEYS),
  cached: (client, id) => read(client, "items/:id", id % KEPT_KEYS),
  refetched: (client, id) => read(client, "items/:id", id % KEPT_KEYS, { forceRefetch: true }),
  written: (client, id) => client.post("items", { body: { id } }),
  deleted: async (client, id) => {
    await read(client, "items/:id", id);
    if (id >= KEPT_KEYS) client.stateManager.deleteCache(`GET items/${id}`);
  },
  failing: (client, id) => read(client, "failing/:id", id),
  unreachable: (client, id) => read(client, "unreachable/:id", id, { query: { id } }),
  "of paths made of data": (client, id) => client.request(`failing/${id}`),
  "of a throwing plugin": (client, id) => read(client, "throwing/:id", id),
  "of a wrong kind": (client, id) => read(client, "failing/:missing", id),
  aborted: (client, id) => {
    const controller = new AbortController();
    const pending = read(client, "silent/:id", id, { signal: controller.signal });
    controller.abort();
    return pending;
  },
  "aborted before": (client, id) => read(client, "silent/:id", id, { signal: AbortSignal.abort() }),
  "with a signal that lives on": (client, id) =>
    read(client, "failing/:id", id, { signal: longLived.signal }),
  "of a user who may change": (_client, id) =>
    read(signedIn, "failing/:id", id, { signal: longLived.signal }),
  "in time": (client, id) => read(client, "failing/:id", id, { timeoutMs: 60_000 }),
  "timed out": (client, id) => read(client, "silent/:id", id, { timeoutMs: 1 }),
  shared: (client, id) => {
    const controller = new AbortController();
    const { signal } = controller;
    const pending = [read(client, "shared/:id", id), read(client, "shared/:id", id, { signal })];
    controller.abort();
    return Promise.all(pending);
  },
  invalidated: (client, id) => {
    const pending = read(client, "failing/:id", id);
    client.stateManager.markStale([`failing/${id}`, `nothing/${id}/*`]);
    return pending;
  },
  "invalidated while something else is looked at": async (_client, id) => {
    if (watched.stateManager.size === 0) watched.observe("items").mount();
    await watched.get("others");
    watched.stateManager.markStale(Array.from({ length: 20 }, (_item, nth) => `elsewhere/${id}/${nth}`));
  },
  "observed and unmounted": async (client, id) => {
    const observer = client.observe("items/:id", { params: { id: id % KEPT_KEYS } });
    const stop = observer.subscribe(() => void observer.getSnapshot());
    observer.mount();
    await observer.refetch();
    observer.update({ params: { id: (id + 1) % KEPT_KEYS } });
    await observer.refetch();
    observer.unmount();
    stop();
  },
  "unmounted under way": (client, id) => {
    const observer = client.observe("failing/:id", { params: { id } });
    observer.mount();
    const pending = observer.refetch();
    observer.unmount();
    return pending;
  },
  listened: async (client, id) => {
    const stops = [
      client.stateManager.subscribe(`GET failing/${id}`, () => {}),
      client.eventEmitter.on("refetch", () => {}),
    ];
    await read(client, "failing/:id", id);
    for (const stop of stops) stop();
  },
};

/** Sends `requests` requests of many kinds through one client. Needs `node --expose-gc`. */
export async function measureHeapGrowth(requests: number): Promise<HeapGrowth> {
  let fetching = 0;
  const transport: Transport = async ({ url, signal }) => {
    fetching += 1;
    signal?.addEventListener("abort", () => (fetching -= 1), { once: true });
    const path = url.split("/")[0]!;
    // A transport that does not listen to its signal.
    if (path === "silent") await new Promise(() => {});
    await Promise.resolve();
    if (!signal?.aborted) fetching -= 1;
    if (path === "unreachable") throw new TypeError("fetch failed");
    return { status: path === "items" ? 200 : 500, data: { url } };
  };
  const client = createClient({ transport, onError: () => {} }).use(plugins());
  const perKind = Math.ceil(requests / Object.keys(kinds).length);

  // Whatever is compiled or allocated once, is by then.
  for (const send of Object.values(kinds)) await sendAll(client, send, 0, perKind / 5);
  const bytes: Record<string, number> = {};
  let before = await usedHeap();
  for (const [kind, send] of Object.entries(kinds)) {
    await sendAll(client, send, perKind, perKind);
    const after = await usedHeap();
    bytes[kind] = after - before;
    before = after;
  }
  const entries = client.stateManager.size;
  return { bytes, requests: perKind * Object.keys(kinds).length, entries, fetching };
}

function read(
  client: Client,
  path: string,
  id: number,
  options?: GenericRequestOptions,
): Promise<ClientResponse> {
  return client.request(path, { ...options, params: { id } });
}

async function sendAll(client: Client, send: Send, from: number, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += AT_ONCE) {
    const pending: Promise<unknown>[] = [];
    for (let id = from + sent; pending.length < AT_ONCE; id += 1) pending.push(send(client, id));
    await Promise.all(pending);
  }
}

async function usedHeap(): Promise<number> {
  const host = globalThis as unknown as { gc(): void; process: { memoryUsage(): { heapUsed: number } } };
  // What a promise or a timer still holds is let go in between.
  for (let round = 0; round < 4; round += 1) {
    host.gc();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return host.process.memoryUsage().heapUsed;
}

/** Plugins that use all that a request gives them. */
function plugins(): AnyPlugin[] {
  return [
    definePlugin()({
      name: "test:cache",
      operations: ["read"],
      internal: ({ queryKey }) => ({ queryKey }),
      middleware({ stateManager, queryKey, forceRefetch }, next) {
        const entry = forceRefetch ? undefined : stateManager.getCache(queryKey);
        return entry && !entry.stale ? { data: entry.state.data } : next();
      },
    }),
    definePlugin()({
      name: "test:busy",
      repeatable: true,
      async middleware(context, next) {
        const { path, temp, request } = context;
        temp.set("api", context.plugins.get("test:cache"));
        context.setMeta({ path });
        context.onCleanup(() => temp.clear());
        if (path.startsWith("shared")) request.shareKey = context.queryKey;
        if (path.startsWith("throwing")) throw new Error("thrown by a plugin");
        const response = await next();
        return path.startsWith("failing/:id") ? next() : response;
      },
      afterResponse: (_context, response) => ({ ...response }),
      lifecycle: { onMount() {}, onUpdate() {}, onUnmount() {} },
    }),
  ];
}
