import type {
  AnyPlugin,
  DataOf,
  EndpointOf,
  ErrorOf,
  OptionsArgument,
  PathArgument,
  PathsWith,
  PluginMeta,
  RequestOptions,
} from "@x/client";
import type { ReadFacts } from "../read/read-types.ts";

/** Where a read stands that has waited for its data. An error is that of a later request. */
export type SuspenseReadResult<Data, Failure, Meta> = Omit<
  ReadFacts<Data, Failure, Meta>,
  "isLoading" | "isPreviousData"
> & { readonly data: Data } & (
    | { readonly status: "success"; readonly error: undefined }
    | { readonly status: "error"; readonly error: Failure }
  );

/** Reads a path, and suspends the component until there is data. */
export interface UseSuspenseRead<Api, Plugins extends readonly AnyPlugin[]> {
  <Path extends string>(
    path: PathArgument<Path, PathsWith<Api, "GET">>,
    ...options: OptionsArgument<RequestOptions<EndpointOf<Api, Path, "GET">, Path, Plugins, "read">>
  ): SuspenseReadResult<
    DataOf<EndpointOf<Api, Path, "GET">>,
    ErrorOf<EndpointOf<Api, Path, "GET">>,
    PluginMeta<Plugins>
  >;
}

/** Hooks that suspend. */
export interface SuspenseHooks<Api, Plugins extends readonly AnyPlugin[]> {
  /** Reads a path, and suspends the component until there is data. Errors go to the error boundary. */
  readonly useSuspenseRead: UseSuspenseRead<Api, Plugins>;
  /** A function for an error boundary to call when it is reset: reads that have failed are then sent again. */
  readonly useResetErrors: () => () => void;
}
