import { createClient, type Transport } from "@x/client";
import { cache } from "@x/client-cache";
import { prefetch } from "@x/client-prefetch";
import { refetch } from "@x/client-refetch";
import { createHooks } from "@x/react";
import { createSuspenseHooks } from "@x/react/suspense";

export interface Api {
  "orders/:id": { GET: { data: { total: number } } };
  me: { GET: { data: string } };
  notes: { GET: { data: string[] }; POST: { data: string; body: { text: string } } };
}

/** The client of one user: of a tab in the browser, of one request on the server. */
export function createAppClient(identity: () => string, transport?: Transport) {
  return createClient<Api>({
    baseUrl: "/api",
    identity,
    headers: () => ({ "x-user": identity() }),
    ...(transport && { transport }),
  }).use([cache(), prefetch(), refetch()]);
}

export type AppClient = ReturnType<typeof createAppClient>;

const hooks = createHooks<AppClient>();
export const { ClientProvider, useClient, useRead, useWrite } = hooks;
export const { useResetErrors, useSuspenseRead } = createSuspenseHooks(hooks);
