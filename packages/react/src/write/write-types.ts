import type {
  AnyPlugin,
  ClientResponse,
  DataOf,
  EndpointOf,
  ErrorOf,
  Method,
  OptionsArgument,
  PathArgument,
  PathsWith,
  PluginMeta,
  RequestOptions,
} from "@x/client";

/** What the method of a write may be. */
export type WriteMethod = Exclude<Method, "GET">;

/** What one write sends: what the API requires, and the options of plugins that see writes. */
export type WriteInput<
  Api,
  Path extends string,
  M extends WriteMethod,
  Plugins extends readonly AnyPlugin[],
> = RequestOptions<EndpointOf<Api, Path, M>, Path, Plugins, "write">;

/** How a component writes, and what all of its writes send unless they say otherwise. */
export type WriteOptions<M extends WriteMethod, Input> = {
  /** Default: POST. */
  readonly method?: M | undefined;
} & Partial<Input>;

/** What a component writes with. */
export interface WriteActions<Data, Failure, Meta, Input> {
  /**
   * Sends a write. It never rejects, and is not aborted when the component goes. Of several under way the component shows
   * the latest; each caller gets its own response. The same function for the life of the component.
   */
  readonly send: (...input: OptionsArgument<Input>) => Promise<ClientResponse<Data, Failure, Meta>>;
  /** Forgets the latest write: `idle` again, also while it is under way. It aborts nothing. */
  readonly reset: () => void;
  readonly isPending: boolean;
  /** What plugins tell. */
  readonly meta: Meta;
}

/** Where the latest write stands. A component is rendered anew when something changes that it has read of this. */
export type WriteResult<Data, Failure, Meta, Input> = WriteActions<Data, Failure, Meta, Input> &
  (
    | { readonly status: "success"; readonly data: Data; readonly error: undefined }
    | {
        readonly status: "error";
        readonly data: undefined;
        readonly error: Failure;
      }
    | { readonly status: "idle" | "pending"; readonly data: undefined; readonly error: undefined }
  );

/** Writes to a path, when it is told to. */
export interface UseWrite<Api, Plugins extends readonly AnyPlugin[]> {
  <Path extends string, const M extends WriteMethod = "POST">(
    path: PathArgument<Path, PathsWith<Api, M>>,
    options?: WriteOptions<M, WriteInput<Api, Path, M, Plugins>>,
  ): WriteResult<
    DataOf<EndpointOf<Api, Path, M>>,
    ErrorOf<EndpointOf<Api, Path, M>>,
    PluginMeta<Plugins>,
    WriteInput<Api, Path, M, Plugins>
  >;
}
