import type { AnyPlugin, ClientBase, GenericRequestOptions, Observer, RequestMethod } from "@x/client";

/** What the hooks use of a client, whatever its API and its plugins. */
export interface AnyClient {
  readonly "~runtime": object;
  readonly get: (path: string, options: GenericRequestOptions) => ReturnType<Observer["send"]>;
  readonly observe: (path: string, options: GenericRequestOptions) => Observer;
  readonly observeRequest: (path: string, options: GenericRequestOptions) => Observer;
  readonly queryKeyOf: ClientBase<object, readonly AnyPlugin[]>["queryKeyOf"];
  readonly stateManager: ClientBase<object, readonly AnyPlugin[]>["stateManager"];
}

/** What a function takes as a client of any type. */
export interface ClientLike {
  readonly "~runtime": object;
}

// Inferred from one property that is an interface of them, and not from a whole client, where `use` suggests others.
type ReadMethod<Api, Plugins extends readonly AnyPlugin[]> = RequestMethod<Api, "GET", "read", Plugins>;

/** The API in the type of a client. */
export type ApiOf<Client> = Client extends { readonly get: ReadMethod<infer Api, infer _Plugins> }
  ? Api
  : never;

/** The plugins in the type of a client. */
export type PluginsOf<Client> = Client extends { readonly get: ReadMethod<infer _Api, infer Plugins> }
  ? Plugins
  : never;
