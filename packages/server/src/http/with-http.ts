import type { Plugin } from "../types.ts";
import { HttpPlugin } from "./http-plugin.ts";

/**
 * Completes a list with the `http` plugin, where neither code nor configuration names it: inside of what configuration
 * brings, so that who is refused there has no body read, and outside of what code registers, so that it sees params.
 */
export function withHttp(plugins: readonly Plugin[], fromCode: readonly Plugin[]): readonly Plugin[] {
  if (plugins.some(({ name }) => name === "http")) return plugins;
  const code = new Set(fromCode);
  const first = plugins.findIndex((plugin) => code.has(plugin));
  return plugins.toSpliced(first < 0 ? plugins.length : first, 0, new HttpPlugin());
}
