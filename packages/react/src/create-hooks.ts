import { createCoreHooks, type CoreHooks } from "./core/create-core-hooks.ts";
import { createPagesHook } from "./pages/create-pages-hook.ts";
import type { UsePages } from "./pages/pages-hook-types.ts";
import { createQueueHook } from "./queue/create-queue-hook.ts";
import type { UseQueue } from "./queue/queue-hook-types.ts";
import type { ApiOf, ClientLike, PluginsOf } from "./shared/client-types.ts";
import { createSubscriptionHook } from "./subscribe/create-subscription-hook.ts";
import type { UseSubscription } from "./subscribe/subscription-hook-types.ts";

/** Hooks over one client, or over the clients that a provider gives them. */
export interface Hooks<Client extends ClientLike> extends CoreHooks<Client> {
  /** Follows a list that is read page by page. */
  readonly usePages: UsePages<ApiOf<Client>, PluginsOf<Client>>;
  /** Sends many writes or uploads, only so many at once. */
  readonly useQueue: UseQueue<ApiOf<Client>, PluginsOf<Client>>;
  /** Follows a stream of messages. */
  readonly useSubscription: UseSubscription<ApiOf<Client>, PluginsOf<Client>>;
}

/**
 * Creates hooks that are typed by a client. With a client they use that, unless a `ClientProvider` gives another; without
 * one, as on a server that makes a client for each request, they need a provider.
 *
 * @example
 * ```tsx
 * import { createClient } from "@x/client";
 * import { createHooks } from "@x/react";
 *
 * interface Api {
 *   "posts/:id": { GET: { data: { title: string } } };
 * }
 *
 * const { useRead } = createHooks(createClient<Api>({ baseUrl: "/api" }));
 *
 * export function Title({ id }: { id: number }) {
 *   const { data, error } = useRead("posts/:id", { params: { id } });
 *   return error ? <p>{error.code}</p> : <h1>{data?.title ?? "…"}</h1>;
 * }
 * ```
 */
export function createHooks<Client extends ClientLike>(client?: Client): Hooks<Client> {
  const core = createCoreHooks(client);
  return {
    ...core,
    usePages: createPagesHook(core),
    useQueue: createQueueHook(core),
    useSubscription: createSubscriptionHook(core),
  };
}
