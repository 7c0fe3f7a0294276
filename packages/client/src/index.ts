export type {
  CheckedApi,
  DataOf,
  Endpoint,
  EndpointOf,
  ErrorBodyOf,
  InputOf,
  Method,
  ParamNames,
  PathsWith,
  UntypedApi,
} from "./api-types.ts";
export type { InstrumentSteps, MiddlewareStep } from "./chain.ts";
export type {
  Client,
  ClientBase,
  ClientConfig,
  OptionsArgument,
  PathArgument,
  RequestMethod,
  RequestOptions,
} from "./client-types.ts";
export type { Clock } from "./clock.ts";
export type {
  ClientRequest,
  CommonOptions,
  GenericRequestOptions,
  InstanceContext,
  InternalApi,
  PluginAccess,
  RequestContext,
} from "./context-types.ts";
export { createClient } from "./create-client.ts";
export { definePlugin } from "./define-plugin.ts";
export { ClientError, isClientError, type ClientErrorCode, type ClientErrorDetails } from "./errors.ts";
export type { EventEmitter } from "./event-emitter.ts";
export {
  fetchTransport,
  inProcessTransport,
  type FetchLike,
  type FetchTransportOptions,
} from "./fetch-transport.ts";
export type { Observer, ObserverSnapshot } from "./observer-types.ts";
export type { ParamValue } from "./path.ts";
export type { AnyPluginOptions, PluginMeta, PluginMethods, PluginOptions } from "./plugin-additions.ts";
export type {
  MetaOf,
  MethodsOf,
  OperationType,
  OptionsOf,
  PluginTypes,
  UntypedPlugin,
} from "./plugin-types.ts";
export type { AnyPlugin, ClientPlugin, PluginLifecycle } from "./plugin.ts";
export type { ClientEventRegistry, PluginInternalRegistry, PluginOptionsRegistry } from "./registries.ts";
export {
  isFailure,
  type ClientResponse,
  type FailureResponse,
  type PluginResponse,
  type SuccessResponse,
} from "./response.ts";
export type { CacheEntry, CachePatch, DehydratedState, StateManager } from "./state-types.ts";
export type { ResponseType, Transport, TransportRequest, TransportResponse } from "./transport.ts";
