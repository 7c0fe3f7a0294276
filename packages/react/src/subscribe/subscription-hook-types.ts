import type {
  AnyPlugin,
  DataOf,
  EndpointOf,
  ErrorOf,
  Method,
  PathArgument,
  PathsWith,
  PluginMeta,
} from "@x/client";
import type {
  Accumulator,
  Subscription,
  SubscriptionOptions,
  SubscriptionSnapshot,
} from "@x/client/subscribe";

/** Where a subscription stands. A component is rendered anew when something changes that it has read of this. */
export type SubscriptionResult<Data, Failure, Meta> = SubscriptionSnapshot<Data, Failure, Meta> &
  Pick<Subscription, "reconnect">;

/** What an endpoint gives as data is one message of it. */
type MessageOf<Api, Path extends string, M extends Method> = DataOf<EndpointOf<Api, Path, M>>;

/** Follows a stream of messages, for as long as the component is there. */
export interface UseSubscription<Api, Plugins extends readonly AnyPlugin[]> {
  <Path extends string, const M extends Method = "GET">(
    path: PathArgument<Path, PathsWith<Api, M>>,
    options: SubscriptionOptions<Api, Path, M, Plugins, "append"> & { readonly accumulate: "append" },
  ): SubscriptionResult<
    readonly MessageOf<Api, Path, M>[],
    ErrorOf<EndpointOf<Api, Path, M>>,
    PluginMeta<Plugins>
  >;
  <Path extends string, const M extends Method = "GET", Data = MessageOf<Api, Path, M>>(
    path: PathArgument<Path, PathsWith<Api, M>>,
    options: SubscriptionOptions<
      Api,
      Path,
      M,
      Plugins,
      "replace" | "merge" | Accumulator<MessageOf<Api, Path, M>, Data>
    >,
  ): SubscriptionResult<Data, ErrorOf<EndpointOf<Api, Path, M>>, PluginMeta<Plugins>>;
}
