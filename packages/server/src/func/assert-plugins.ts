import { ServerError } from "../errors.ts";
import type { Plugin } from "../types.ts";

/**
 * Checks what a function is to be mounted with.
 *
 * @throws ServerError `INVALID_PLUGIN` for what is no plugin, `DUPLICATE_PLUGIN` for two of one name.
 */
export function assertPlugins(plugins: readonly Plugin[]): void {
  const names = new Set<string>();
  for (const [index, plugin] of plugins.entries()) {
    const where = `the plugin at index ${index}`;
    if (typeof plugin === "function")
      throw new ServerError("INVALID_PLUGIN", `${where} is a class: register an instance, made with new`);
    if (typeof plugin !== "object" || plugin === null)
      throw new ServerError("INVALID_PLUGIN", `${where} is no object`);
    const { name, type } = plugin;
    if (!isText(name)) throw new ServerError("INVALID_PLUGIN", `${where} has no name: give it a stable one`);
    const details = { plugins: [name] };
    if (!isText(type))
      throw new ServerError("INVALID_PLUGIN", `the plugin "${name}" has no type: name its module`, details);
    if (!hasHook(plugin))
      throw new ServerError(
        "INVALID_PLUGIN",
        `the plugin "${name}" has neither onMount nor onInvoke: implement one`,
        details,
      );
    if (names.has(name))
      throw new ServerError(
        "DUPLICATE_PLUGIN",
        `two plugins are named "${name}": rename or remove one`,
        details,
      );
    names.add(name);
  }
}

/** Tells whether a plugin does anything. */
export function hasHook({ onMount, onInvoke }: Pick<Plugin, "onMount" | "onInvoke">): boolean {
  return typeof onMount === "function" || typeof onInvoke === "function";
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
