import type { DataOf, EndpointOf, ErrorOf, Method, PathsWith } from "../client/api-types.ts";
import type { ClientBase, PathArgument } from "../client/client-types.ts";
import type { Runtime } from "../client/runtime-types.ts";
import { assertCount, assertFunctions, invalidOption } from "../operations/invalid-option.ts";
import { rememberedBy } from "../operations/remembered.ts";
import { runtimeOf } from "../operations/runtime-of.ts";
import { createSharedObserver } from "../operations/shared-observer.ts";
import type { PluginMeta } from "../plugin/plugin-additions.ts";
import type { AnyPlugin } from "../plugin/plugin.ts";
import { canonical } from "../request/query-key.ts";
import { createSharedSubscription, type SharedSubscription } from "./shared-subscription.ts";
import type {
  Accumulator,
  Subscription,
  SubscriptionOptions,
  SubscriptionSnapshot,
} from "./subscribe-types.ts";
import type { AnySubscriptionOptions } from "./to-connection-request.ts";

/** What an endpoint gives as data is one message of it. */
type MessageOf<Api, Path extends string, M extends Method> = DataOf<EndpointOf<Api, Path, M>>;

type SubscriptionTo<
  Api,
  Path extends string,
  M extends Method,
  Plugins extends readonly AnyPlugin[],
  Data,
  Accumulate,
> = Subscription<
  Data,
  ErrorOf<EndpointOf<Api, Path, M>>,
  PluginMeta<Plugins>,
  SubscriptionOptions<Api, Path, M, Plugins, Accumulate>
>;

/**
 * Follows a stream of messages. Each connection is opened by a request of the operation `subscribe`; equal subscriptions
 * share one connection and its data.
 *
 * @throws ClientError `INVALID_OPTION`.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { createSubscription } from "@x/client/subscribe";
 * import { serverSentEvents } from "@x/client-subscribe";
 *
 * interface Api {
 *   prices: { GET: { data: { symbol: string; price: number }; query?: { symbol: string } } };
 * }
 *
 * const client = createClient<Api>({ baseUrl: "/api" });
 * const prices = createSubscription(client, "prices", { adapter: serverSentEvents(), accumulate: "append" });
 * prices.subscribe(() => console.log(prices.getSnapshot().status, prices.getSnapshot().data?.at(-1)?.price));
 * prices.mount();
 * ```
 */
export function createSubscription<
  Api,
  Plugins extends readonly AnyPlugin[],
  Path extends string,
  const M extends Method = "GET",
>(
  client: ClientBase<Api, Plugins>,
  path: PathArgument<Path, PathsWith<Api, M>>,
  options: SubscriptionOptions<Api, Path, M, Plugins, "append"> & { readonly accumulate: "append" },
): SubscriptionTo<Api, Path, M, Plugins, readonly MessageOf<Api, Path, M>[], "append">;
export function createSubscription<
  Api,
  Plugins extends readonly AnyPlugin[],
  Path extends string,
  const M extends Method = "GET",
  Data = MessageOf<Api, Path, M>,
>(
  client: ClientBase<Api, Plugins>,
  path: PathArgument<Path, PathsWith<Api, M>>,
  options: SubscriptionOptions<
    Api,
    Path,
    M,
    Plugins,
    "replace" | "merge" | Accumulator<MessageOf<Api, Path, M>, Data>
  >,
): SubscriptionTo<
  Api,
  Path,
  M,
  Plugins,
  Data,
  "replace" | "merge" | Accumulator<MessageOf<Api, Path, M>, Data>
>;
export function createSubscription(
  client: { readonly "~runtime": object },
  path: string,
  options: object,
): Subscription {
  const runtime = runtimeOf(client);
  const { observer, current } = createSharedObserver<
    AnySubscriptionOptions,
    SubscriptionSnapshot,
    SharedSubscription
    // What the overloads let through are options, of messages that nothing here looks at.
  >(runtime, path, options as AnySubscriptionOptions, {
    keyOf: (given) => keyOf(runtime, path, given),
    find: (key, given) =>
      rememberedBy<SharedSubscription>(runtime, "subscribe").get(key, () =>
        createSharedSubscription(runtime, path, runtime.queryKeyOf(path, given), given),
      ),
  });
  return { ...observer, reconnect: () => current()[0].reconnect() } as Subscription;
}

const ACCUMULATE = new Set(["replace", "append", "merge"]);

/** What equal subscriptions have in common. */
function keyOf(runtime: Runtime, path: string, options: AnySubscriptionOptions): string {
  const { adapter, accumulate = "replace", maxItems = Infinity, reconnect, body, key = "" } = options;
  if (typeof adapter?.name !== "string") throw invalidOption("subscribe", "adapter", "an adapter", adapter);
  assertFunctions("subscribe", { "adapter.connect": adapter.connect });
  if (typeof accumulate !== "function" && !ACCUMULATE.has(accumulate))
    throw invalidOption("subscribe", "accumulate", "replace, append, merge or a function", accumulate);
  assertCount("subscribe", "maxItems", maxItems);
  for (const name of ["delayMs", "maxDelayMs", "retries"] as const) {
    const value = (reconnect || {})[name] ?? 0;
    if (!(value >= 0)) throw invalidOption("subscribe", name, "a number from 0 on", value);
  }
  const how = typeof accumulate === "function" ? "function" : accumulate;
  const sent = body === undefined ? "" : canonical(body);
  return [adapter.name, how, key, runtime.queryKeyOf(path, options), sent].join(" ");
}
