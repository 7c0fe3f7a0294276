import type { AnyPlugin } from "../../plugin/plugin.ts";
import type { PluginCheckId } from "./plugin-check.ts";

/** Makes the plugin under test. Each call makes a new one. */
export type CreatePlugin = () => AnyPlugin;

/** Options of `clientPluginContract`. */
export interface PluginContractOptions {
  /** Makes the plugins that this one needs beside it, anew for each client. Default: none. */
  readonly others?: (() => readonly AnyPlugin[]) | undefined;
  /** Options of every request, with which the plugin has something to do: `{ debounceMs: 100 }`. Default: none. */
  readonly requestOptions?: Readonly<Record<string, unknown>> | undefined;
  /** Checks that do not hold of this plugin on purpose, and why. */
  readonly skip?: Readonly<Partial<Record<PluginCheckId, string>>> | undefined;
}
