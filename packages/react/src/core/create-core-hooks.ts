import { ClientError } from "@x/client";
import { createContext, createElement, use, type ReactNode } from "react";
import type { AnyClient, ApiOf, ClientLike, PluginsOf } from "../shared/client-types.ts";
import { createHookScope, type HookScope } from "../shared/hook-scope.ts";
import { createUseRead } from "../read/create-use-read.ts";
import type { UseRead } from "../read/read-types.ts";
import { createUseWrite } from "../write/create-use-write.ts";
import type { UseWrite } from "../write/write-types.ts";

/** The hooks that the others stand on, over one client or over the clients that a provider gives them. */
export interface CoreHooks<Client extends ClientLike> {
  /** Reads a path, and follows it for as long as the component is there. */
  readonly useRead: UseRead<ApiOf<Client>, PluginsOf<Client>>;
  /** Writes to a path, when it is told to. */
  readonly useWrite: UseWrite<ApiOf<Client>, PluginsOf<Client>>;
  /** The client that the hooks use here: that of the nearest provider, else the one that they were made with. */
  readonly useClient: () => Client;
  /** Gives the hooks below it a client. */
  readonly ClientProvider: (props: { readonly client: Client; readonly children?: ReactNode }) => ReactNode;
  /** What `@x/react/pages` and its like stand on. It is no part of the API and changes without notice. */
  readonly "~scope": object;
}

/**
 * Creates the hooks to read and to write, and none for lists, queues and subscriptions, which are then not in a bundle:
 * `createPagesHook` and its like add what is needed. Otherwise as `createHooks`.
 *
 * @example
 * ```tsx
 * import { createClient } from "@x/client";
 * import { createCoreHooks } from "@x/react/core";
 * import { createPagesHook } from "@x/react/pages";
 *
 * const hooks = createCoreHooks(createClient({ baseUrl: "/api" }));
 * export const { useRead, useWrite } = hooks;
 * export const usePages = createPagesHook(hooks);
 * ```
 */
export function createCoreHooks<Client extends ClientLike>(client?: Client): CoreHooks<Client> {
  const ClientContext = createContext<Client | undefined>(client);

  function useClient(): Client {
    const found = use(ClientContext);
    if (!found)
      throw new ClientError(
        "NO_CLIENT",
        "a hook has no client: make the hooks with one, or render inside of their ClientProvider",
      );
    return found;
  }

  // Inside, nothing looks at the types of paths and data: they are for the caller.
  const scope: HookScope = createHookScope(useClient as unknown as () => AnyClient);

  return {
    useRead: createUseRead(scope) as unknown as CoreHooks<Client>["useRead"],
    useWrite: createUseWrite(scope) as unknown as CoreHooks<Client>["useWrite"],
    useClient,
    ClientProvider: ({ client: value, children }) => createElement(ClientContext, { value }, children),
    "~scope": scope,
  };
}
