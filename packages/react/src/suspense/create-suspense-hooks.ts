import type { GenericRequestOptions } from "@x/client";
import { use, useMemo } from "react";
import type { CoreHooks } from "../core/create-core-hooks.ts";
import { createReadStore } from "../read/create-read-store.ts";
import type { ReadView } from "../read/read-view.ts";
import { useReadStore } from "../read/use-read-store.ts";
import type { ApiOf, ClientLike, PluginsOf } from "../shared/client-types.ts";
import { scopeOf } from "../shared/scope-of.ts";
import { createSuspendedReads } from "./suspended-reads.ts";
import type { SuspenseHooks, UseSuspenseRead } from "./suspense-hook-types.ts";

/**
 * Creates the hooks that suspend, over the client of other hooks.
 *
 * @example
 * ```tsx
 * import { createClient } from "@x/client";
 * import { createHooks } from "@x/react";
 * import { createSuspenseHooks } from "@x/react/suspense";
 * import { Suspense } from "react";
 *
 * interface Api {
 *   "posts/:id": { GET: { data: { title: string } } };
 * }
 *
 * const { useSuspenseRead } = createSuspenseHooks(createHooks(createClient<Api>({ baseUrl: "/api" })));
 *
 * function Title() {
 *   return <h1>{useSuspenseRead("posts/:id", { params: { id: 1 } }).data.title}</h1>;
 * }
 *
 * export const Page = () => (
 *   <Suspense fallback="…">
 *     <Title />
 *   </Suspense>
 * );
 * ```
 */
export function createSuspenseHooks<Client extends ClientLike>(
  hooks: Pick<CoreHooks<Client>, "~scope" | "useClient">,
): SuspenseHooks<ApiOf<Client>, PluginsOf<Client>> {
  const scope = scopeOf(hooks);
  const suspended = createSuspendedReads();

  function useSuspenseRead(path: string, options: GenericRequestOptions = {}): ReadView {
    const client = scope.useClient();
    const key = scope.quietly(() => client.queryKeyOf(path, options));
    // Each key anew: an observer that moved on would send what the component has just waited for.
    const store = useMemo(() => createReadStore(scope, client, path), [client, path, key]);
    const entryOf = () => client.stateManager.getCache(key);
    const view = useReadStore(
      store,
      { key, enabled: true, keepPreviousData: false },
      options,
      // What the component has waited for is not fetched once more, unless it is out of date by now.
      () => entryOf()?.stale !== false || !suspended.settled(client, key),
    );
    const [entry, awaited] = scope.quietly(() => {
      const found = entryOf();
      return [found, found ? suspended.settled(client, key) : suspended.read(client, key, path, options)];
    });
    // Also when the data is there: React wants to see in the end what it has waited for.
    const failure = awaited && use(awaited).error;
    if (failure && !entry) throw failure;
    return view;
  }

  return {
    // Inside, nothing looks at the types of paths and data.
    useSuspenseRead: useSuspenseRead as unknown as UseSuspenseRead<ApiOf<Client>, PluginsOf<Client>>,
    useResetErrors() {
      const client = scope.useClient();
      return useMemo(() => () => suspended.forget(client), [client]);
    },
  };
}
