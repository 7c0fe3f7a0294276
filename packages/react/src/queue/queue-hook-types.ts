import type {
  AnyPlugin,
  ClientResponse,
  DataOf,
  EndpointOf,
  ErrorOf,
  Method,
  PathArgument,
  PathsWith,
  PluginMeta,
} from "@x/client";
import type { Queue, QueueInput, QueueItem, QueueOptions, QueueSnapshot } from "@x/client/queue";

/** Where a queue stands, and what can be done with it. A component is rendered anew when what it has read changes. */
export type QueueResult<Response, Item, Input> = QueueSnapshot<Item> &
  Pick<Queue<Response, Item, Input>, "add" | "abort" | "retry" | "remove" | "removeSettled" | "clear">;

/** Sends many writes, only so many at once. They go on when the component is gone. */
export interface UseQueue<Api, Plugins extends readonly AnyPlugin[]> {
  <Path extends string, const M extends Method = "POST">(
    path: PathArgument<Path, PathsWith<Api, M>>,
    options?: QueueOptions<M, QueueInput<Api, Path, M, Plugins>>,
  ): QueueResult<
    ClientResponse<DataOf<EndpointOf<Api, Path, M>>, ErrorOf<EndpointOf<Api, Path, M>>, PluginMeta<Plugins>>,
    QueueItem<
      DataOf<EndpointOf<Api, Path, M>>,
      ErrorOf<EndpointOf<Api, Path, M>>,
      PluginMeta<Plugins>,
      QueueInput<Api, Path, M, Plugins>
    >,
    QueueInput<Api, Path, M, Plugins>
  >;
}
