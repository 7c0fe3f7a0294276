import type { HttpEvent, Plugin, PluginConfigValues, PluginOptions } from "../../types.ts";
import type { PluginCheckId } from "./plugin-check.ts";

/** Makes the plugin under test. Each call makes a new one. */
export type CreatePlugin = (options: PluginOptions) => Plugin;

/** Options of `serverPluginContract`. */
export interface PluginContractOptions {
  /** What every instance is configured with. `event` passes some hundred times under it. Default: no configuration. */
  readonly config?: PluginConfigValues | undefined;
  /** A request that the plugin lets through, or a function that makes one. Default: one without headers. */
  readonly event?: Partial<HttpEvent> | (() => Partial<HttpEvent>) | undefined;
  /** Makes the plugins that this one needs outside of it, anew for each function. Default: none. */
  readonly before?: (() => readonly Plugin[]) | undefined;
  /** Whether functions are APIs, with the fields of HTTP on `data`. Default: `true`. */
  readonly http?: boolean | undefined;
  /** Checks that do not hold of this plugin on purpose, and why. */
  readonly skip?: Readonly<Partial<Record<PluginCheckId, string>>> | undefined;
}
