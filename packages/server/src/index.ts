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
export {
  Api,
  type ApiMethod,
  type ApiOptions,
  type AnyParams,
  defineApi,
  type ParamsOf,
} from "./api/define-api.ts";
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
export type { ServerSentEvent } from "./http/event-stream/encode-event.ts";
export { eventStream, type EventStreamOptions } from "./http/event-stream/event-stream.ts";
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
