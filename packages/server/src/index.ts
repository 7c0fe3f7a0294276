export type { RouteState } from "./app/api-route.ts";
export type { AppFunc } from "./app/app-func.ts";
export type {
  App,
  AppOptions,
  CloseOptions,
  FetchInfo,
  Listening,
  ListenOptions,
  Middleware,
  RouteInfo,
} from "./app/app-types.ts";
export type { AppContract } from "./app/contract/app-contract.ts";
export { type ConfigSchema, defineConfigSchema } from "./config-schema/define-config-schema.ts";
export type { ConfigShape } from "./config-schema/config-shape.ts";
export { type ConfigIssue, findConfigIssues } from "./config-schema/find-config-issues.ts";
export { pluginConfigError } from "./config-schema/plugin-config-error.ts";
export { createApp } from "./app/create-app.ts";
export {
  type Fault,
  HttpError,
  type HttpErrorCode,
  type HttpErrorOptions,
  isHttpError,
  isServerError,
  ServerError,
  type ServerErrorCode,
  type ServerErrorCodeRegistry,
  type ServerErrorDetails,
} from "./errors.ts";
export type { ApiMethod, MethodOf } from "./api/api-method.ts";
export type { AnyParams, ApiOptions, ApiTypes, HandlerData, ParamsOf } from "./api/api-options.ts";
export type { ApiTags, TagFunction } from "./api/api-tags.ts";
export type {
  DeclaredErrorOptions,
  DeclaredHttpError,
  ErrorDeclaration,
  ErrorDeclarations,
  ErrorFactories,
  ErrorFactory,
  ErrorSchemaOf,
} from "./api/declared-errors.ts";
export { Api, defineApi } from "./api/define-api.ts";
export type { ApiContract } from "./contract/api-contract.ts";
export type { Wire } from "./contract/wire.ts";
export type { WireForm } from "./contract/wire-input.ts";
export { type ExportedFunc, Func, type FuncOptions } from "./func/func.ts";
export type {
  CodeParts,
  FuncEnvironment,
  Instrument,
  InvokeStepContext,
  PreparedParts,
} from "./func/func-environment.ts";
export type { InvokeInput } from "./func/invoke-input.ts";
export { type BodySource, isBodySource } from "./http/body-source.ts";
export type { ContractEntries, ContractEntry } from "./http/find-contract-change.ts";
export type { Declarations, DeclaredError, TagData, TagSource } from "./http/declarations.ts";
export type { ServerSentEvent } from "./http/event-stream/encode-event.ts";
export { type EventStream, eventStream, type EventStreamOptions } from "./http/event-stream/event-stream.ts";
export type { CorsConfig, HttpConfig, SessionConfig } from "./http/config/http-config.ts";
export { HttpPlugin } from "./http/http-plugin.ts";
export type {
  ApiData,
  CookieOptions,
  Cookies,
  DefineApiInject,
  FuncConfig,
  HttpEvent,
  HttpFields,
  HttpHeaders,
  InvokeContext,
  InvokeData,
  InvokeFields,
  Logger,
  LogMethod,
  MountData,
  Next,
  Plugin,
  PluginClass,
  PluginConfigValues,
  PluginEntry,
  PluginOptions,
  Runtime,
  Session,
  SessionValue,
  SessionValues,
} from "./types.ts";
