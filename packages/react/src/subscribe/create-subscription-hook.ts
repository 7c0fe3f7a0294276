import type { GenericRequestOptions } from "@x/client";
import {
  createSubscription,
  type Subscription,
  type SubscriptionAdapter,
  type SubscriptionSnapshot,
} from "@x/client/subscribe";
import { useMemo } from "react";
import type { CoreHooks } from "../core/create-core-hooks.ts";
import type { ApiOf, ClientLike, PluginsOf } from "../shared/client-types.ts";
import { scopeOf } from "../shared/scope-of.ts";
import { useObserved } from "../shared/use-observed.ts";
import type { SubscriptionResult, UseSubscription } from "./subscription-hook-types.ts";

/**
 * Creates the hook for streams of messages, over the client of other hooks.
 *
 * @example
 * ```tsx
 * import { createClient } from "@x/client";
 * import { serverSentEvents } from "@x/client-subscribe";
 * import { createHooks } from "@x/react";
 * import { createSubscriptionHook } from "@x/react/subscribe";
 *
 * interface Api {
 *   prices: { GET: { data: { symbol: string; price: number } } };
 * }
 *
 * const useSubscription = createSubscriptionHook(createHooks(createClient<Api>({ baseUrl: "/api" })));
 *
 * export function Price() {
 *   const { data, status } = useSubscription("prices", { adapter: serverSentEvents() });
 *   return <p>{data ? `${data.symbol}: ${data.price}` : status}</p>;
 * }
 * ```
 */
export function createSubscriptionHook<Client extends ClientLike>(
  hooks: Pick<CoreHooks<Client>, "~scope" | "useClient">,
): UseSubscription<ApiOf<Client>, PluginsOf<Client>> {
  const scope = scopeOf(hooks);

  function useSubscription(path: string, options: AnySubscriptionOptions) {
    const client = scope.useClient();
    const key = scope.quietly(() => client.queryKeyOf(path, toKeyParts(options)));
    const stream = useMemo(() => {
      // Inside, nothing looks at the types of messages.
      const observer = createSubscription(client as never, path as never, options as never) as Subscription;
      const { reconnect } = observer;
      const toView = (snapshot: SubscriptionSnapshot, mounted: boolean): AnySubscriptionResult => ({
        ...snapshot,
        status: !mounted && snapshot.status === "idle" ? "connecting" : snapshot.status,
        reconnect,
      });
      return { observer, toView };
    }, [client, path, key]);
    return useObserved<SubscriptionSnapshot, object, AnySubscriptionResult>(
      scope,
      stream.observer,
      options,
      stream.toView,
    );
  }
  return useSubscription as unknown as UseSubscription<ApiOf<Client>, PluginsOf<Client>>;
}

interface AnySubscriptionOptions extends GenericRequestOptions {
  readonly adapter: SubscriptionAdapter;
  readonly accumulate?: unknown;
  readonly key?: string | undefined;
}

type AnySubscriptionResult = SubscriptionResult<
  unknown,
  SubscriptionSnapshot["error"] & object,
  SubscriptionSnapshot["meta"]
>;

/** What tells one subscription from another. Functions and headers do not. */
function toKeyParts({ adapter, accumulate, key, method, params, query, body }: AnySubscriptionOptions) {
  const how = typeof accumulate === "function" ? "function" : accumulate;
  return { method, params, query: { query, body, key, how, adapter: adapter.name } };
}
