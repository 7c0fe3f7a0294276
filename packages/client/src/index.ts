export type {
  CheckedApi,
  DataOf,
  Endpoint,
  EndpointOf,
  ErrorBodyOf,
  ErrorOf,
  InputOf,
  Method,
  ParamNames,
  PathsWith,
  TagsOf,
  UntypedApi,
} from "./client/api-types.ts";
export type {
  Client,
  ClientBase,
  ClientConfig,
  OptionsArgument,
  PathArgument,
  RequestMethod,
  RequestOptions,
} from "./client/client-types.ts";
export type { Clock } from "./clock.ts";
export type {
  ClientRequest,
  ClientScope,
  CommonOptions,
  GenericRequestOptions,
  InstanceContext,
  InstrumentSteps,
  InternalApi,
  MiddlewareStep,
  PluginAccess,
  QueryKeyParts,
  RequestContext,
} from "./request/context-types.ts";
export { createClient } from "./client/create-client.ts";
export { definePlugin } from "./plugin/define-plugin.ts";
export { perClient } from "./plugin/per-client.ts";
export {
  ClientError,
  isClientError,
  type ClientErrorCode,
  type ClientErrorCodeRegistry,
  type ClientErrorDetails,
  type DeclaredError,
  type RequestError,
} from "./errors.ts";
export type { EventEmitter } from "./event-emitter.ts";
export {
  fetchTransport,
  inProcessTransport,
  type FetchLike,
  type FetchTransportOptions,
} from "./transport/fetch-transport.ts";
export type { Observer, ObserverSnapshot } from "./observer/observer-types.ts";
export type { ParamValue } from "./request/path.ts";
export type {
  AnyPluginOptions,
  PluginMeta,
  PluginMethods,
  PluginOptions,
} from "./plugin/plugin-additions.ts";
export type {
  MetaOf,
  MethodsOf,
  OperationType,
  OptionsOf,
  PluginTypes,
  UntypedPlugin,
} from "./plugin/plugin-types.ts";
export type { AnyPlugin, ClientPlugin, PluginLifecycle } from "./plugin/plugin.ts";
export type { ClientEventRegistry, PluginInternalRegistry, PluginOptionsRegistry } from "./registries.ts";
export {
  isFailure,
  serveEntry,
  type ClientResponse,
  type FailureResponse,
  type PluginResponse,
  type SuccessResponse,
} from "./request/response.ts";
export type {
  CacheEntry,
  CachePatch,
  DehydratedState,
  EntryView,
  PlacedView,
  StateManager,
} from "./state/state-types.ts";
export { encodeBody, type EncodedBody } from "./transport/encode-body.ts";
export { readBody } from "./transport/read-body.ts";
export { untilAborted } from "./request/until-aborted.ts";
export type { ResponseType, Transport, TransportRequest, TransportResponse } from "./transport/transport.ts";
