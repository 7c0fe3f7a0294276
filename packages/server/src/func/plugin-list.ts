import { ServerError } from "../errors.ts";
import type { Plugin } from "../types.ts";

/** An array of plugins that can be changed until it is sealed. */
export interface PluginList {
  readonly plugins: Plugin[];
  /** Whether a change throws `PLUGINS_SEALED`. */
  sealed: boolean;
}

/** Copies the caller's array, which stays as it is, into one that can be sealed. */
export function createPluginList(initial: readonly Plugin[]): PluginList {
  const assertOpen = (): true => {
    if (!list.sealed) return true;
    throw new ServerError(
      "PLUGINS_SEALED",
      "the function is mounted: change its plugins before its first invoke",
    );
  };
  const plugins = new Proxy([...initial], {
    set: (target, key, value) => assertOpen() && Reflect.set(target, key, value),
    defineProperty: (target, key, descriptor) =>
      assertOpen() && Reflect.defineProperty(target, key, descriptor),
    deleteProperty: (target, key) => assertOpen() && Reflect.deleteProperty(target, key),
  });
  const list: PluginList = { plugins, sealed: false };
  return list;
}
