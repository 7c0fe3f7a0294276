import type {
  AnyPlugin,
  ClientResponse,
  DataOf,
  EndpointOf,
  ErrorOf,
  PathArgument,
  PathsWith,
  PluginMeta,
  RequestOptions,
} from "@x/client";

/** What a read takes beside the options of its request. */
export interface ReadBehaviour {
  /** `false`: nothing is asked for until it is `true`; what is known is shown all the same. Default: `true`. */
  readonly enabled?: boolean | undefined;
  /** Whether to show the data of the previous params while that of new ones is fetched. Default: `false`. */
  readonly keepPreviousData?: boolean | undefined;
}

/** In place of options: nothing is read, and nothing shown, as the params are not there yet. */
export type Skipped = false | null;

/** All options of a read. */
export type ReadOptions<Api, Path extends string, Plugins extends readonly AnyPlugin[]> = RequestOptions<
  EndpointOf<Api, Path, "GET">,
  Path,
  Plugins,
  "read"
> &
  ReadBehaviour;

/** The options argument: optional where nothing in it is required, and with a path that the API does not have. */
export type ReadArgument<Options> = [Options] extends [never]
  ? [options?: unknown]
  : object extends Options
    ? [options?: Options | Skipped]
    : [options: Options | Skipped];

/** What a read tells beside its data. */
export interface ReadFacts<Data, Failure, Meta> {
  /** Whether a request is under way. */
  readonly isFetching: boolean;
  /** Whether a request is under way and there is no data to show meanwhile. */
  readonly isLoading: boolean;
  /** Whether the data is known to be out of date. */
  readonly isStale: boolean;
  /** Whether the data is that of the previous params. */
  readonly isPreviousData: boolean;
  /** What plugins tell. */
  readonly meta: Meta;
  /** Sends the request again, past any cache. It never rejects. The same function for the life of the component. */
  readonly refetch: () => Promise<ClientResponse<Data, Failure, Meta>>;
}

/**
 * Where a read stands. `idle` is one that was not asked for, `pending` one that has neither data nor an error yet. An
 * error leaves the latest data there. A component is rendered anew when something changes that it has read of this.
 */
export type ReadResult<Data, Failure, Meta> = ReadFacts<Data, Failure, Meta> &
  (
    | { readonly status: "success"; readonly data: Data; readonly error: undefined }
    | { readonly status: "error"; readonly data: Data | undefined; readonly error: Failure }
    | { readonly status: "idle" | "pending"; readonly data: Data | undefined; readonly error: undefined }
  );

/** Reads a path, and follows it for as long as the component is there. */
export interface UseRead<Api, Plugins extends readonly AnyPlugin[]> {
  <Path extends string>(
    path: PathArgument<Path, PathsWith<Api, "GET">>,
    ...options: ReadArgument<ReadOptions<Api, Path, Plugins>>
  ): ReadResult<
    DataOf<EndpointOf<Api, Path, "GET">>,
    ErrorOf<EndpointOf<Api, Path, "GET">>,
    PluginMeta<Plugins>
  >;
}
