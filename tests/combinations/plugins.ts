import type { AnyPlugin, GenericRequestOptions } from "@x/client";
import { auth } from "@x/client-auth";
import { cache } from "@x/client-cache";
import { contract } from "@x/client-contract";
import { debounce } from "@x/client-debounce";
import { deduplication } from "@x/client-deduplication";
import { devtools } from "@x/client-devtools";
import { gc } from "@x/client-gc";
import { idempotency } from "@x/client-idempotency";
import { initialData } from "@x/client-initial-data";
import { invalidation } from "@x/client-invalidation";
import { next } from "@x/client-next";
import { optimistic } from "@x/client-optimistic";
import { persist } from "@x/client-persist";
import { polling } from "@x/client-polling";
import { prefetch } from "@x/client-prefetch";
import { progress } from "@x/client-progress";
import { queryString } from "@x/client-query-string";
import { refetch } from "@x/client-refetch";
import { retry } from "@x/client-retry";
import { throttle } from "@x/client-throttle";
import { transform } from "@x/client-transform";
import type { Posts } from "./server.ts";

/** What plugins are told from outside of a client. */
export interface Surroundings {
  /** Calls the listener when the page is shown again, or the network is back. */
  readonly onFocus: (listener: () => void) => () => void;
  /** A storage that lasts longer than the client. */
  readonly storage: Map<string, unknown>;
}

const changed = (posts: Posts): Posts => ({ ...posts, transformed: posts.transformed + 1 });

/** A token that the client keeps, as an application does. */
function tokens() {
  let token = "0";
  return auth({
    getToken: () => token,
    async refresh({ send }) {
      const { data, error } = await send("refresh", { method: "POST" });
      if (error) throw error;
      ({ token } = data as { token: string });
    },
  });
}

/** Of what is read and written, so that the server says what that is. */
const KNOWN = {
  hashes: { "posts GET": "known", "posts/:id GET": "known", "posts POST": "known" },
  shapes: () => Promise.reject(new Error("the server has not changed")),
};

/** All official plugins, each so that it has something to do within milliseconds. */
export const PLUGINS = {
  auth: tokens,
  cache: () => cache({ staleTime: 100 }),
  contract: () => contract(KNOWN),
  debounce: () => debounce({ debounceMs: 5 }),
  deduplication: () => deduplication(),
  devtools: () => devtools({ record: true }),
  gc: () => gc({ gcTime: 200, maxEntries: 3 }),
  idempotency: () => idempotency(),
  "initial-data": () => initialData(),
  invalidation: () => invalidation(),
  next: () => next({ revalidator: async () => {} }),
  optimistic: () => optimistic(),
  persist: ({ storage }) => persist({ storage, saveDelayMs: 50 }),
  polling: () => polling({ refetchInterval: 70 }),
  prefetch: () => prefetch(),
  progress: () => progress(),
  "query-string": () => queryString({ arrayFormat: "brackets" }),
  refetch: ({ onFocus }) => refetch({ focusEvents: onFocus, reconnectEvents: onFocus }),
  retry: () => retry({ retries: 2, retryDelay: 10 }),
  throttle: () => throttle({ throttleMs: 30 }),
  transform: () =>
    transform({ posts: { GET: changed }, "posts/:id": { GET: async (posts: Posts) => changed(posts) } }),
} satisfies Record<string, (surroundings: Surroundings) => AnyPlugin>;

export type PluginName = keyof typeof PLUGINS;

export const PLUGIN_NAMES = Object.keys(PLUGINS) as readonly PluginName[];

/** Options of a read or a write, with those of plugins that may be there. */
export interface Options extends GenericRequestOptions {
  readonly initialData?: unknown;
  readonly optimistic?: unknown;
}

/** What a write shows before the server has said anything. */
export function showPending(id: string): unknown {
  return {
    tags: "*",
    update: (posts: Posts): Posts => ({ ...posts, pending: [...(posts.pending ?? []), id] }),
  };
}
