// For tools that look into a project without running it, such as the command line. Its contract is younger than that of
// the main entry, and may change with a minor version.
export type { App, AppOptions, Listening, ListenOptions, RouteInfo } from "../app/app-types.ts";
export { createApp } from "../app/create-app.ts";
export type { AppFunc } from "../app/app-func.ts";
export { didYouMean } from "../config/closest-name.ts";
export { describeFault } from "../config/config-error.ts";
export type { Origin } from "../config/config-node.ts";
export type { ExplainedSource, ExplainedValue } from "../config/explain-values.ts";
export { toConfigJsonSchema } from "../config/json-schema.ts";
export { ProjectConfig, type ProjectConfigOptions } from "../config/project-config.ts";
export { originOf, type ResolvedEntry } from "../config/resolve-entries.ts";
export type { ResolvedConfig } from "../config/resolved-config.ts";
export { CONFIG_FILE } from "../config/yaml-files.ts";
export { type Fault, isServerError, type ServerError } from "../errors.ts";
export { builtInPlugins } from "../http/built-in-plugins.ts";
export { withHttp } from "../http/with-http.ts";
export { createDefaultLogger, type DefaultLoggerOptions } from "../logger/default-logger.ts";
export { type LoadedEntry, loadPluginClasses } from "../plugins/load-plugin-classes.ts";
export { type Location, locateFile } from "../plugins/locate-file.ts";
export { parsePluginType, type PluginSource } from "../plugins/plugin-type.ts";
export { preparePlugins, type PreparePluginsOptions } from "../plugins/prepare-plugins.ts";
