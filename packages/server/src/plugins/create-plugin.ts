import { hasHook } from "../func/assert-plugins.ts";
import type { Plugin, PluginClass, PluginOptions } from "../types.ts";
import { type Culprit, pluginFailure } from "./plugin-failure.ts";

/**
 * Makes a plugin that configuration names.
 *
 * @throws ServerError `PLUGIN_LOAD_FAILED` when the constructor throws, `INVALID_PLUGIN` when what it makes has no
 * name, type or hook, `PLUGIN_NAME_MISMATCH` when it has another name than its entry.
 */
export function createPlugin(Class: PluginClass, options: PluginOptions, culprit: Culprit): Plugin {
  const plugin = construct(Class, options, culprit);
  const { name, type } = plugin;
  const invalid = (lack: string) => pluginFailure("INVALID_PLUGIN", culprit, `${lack}`);
  const advice = "take it from the constructor's options";
  if (!isText(name)) throw invalid(`has no name: ${advice}`);
  if (!isText(type)) throw invalid(`has no type: ${advice}`);
  if (!hasHook(plugin)) throw invalid("has neither onMount nor onInvoke: implement one");
  if (name === options.name) return plugin;
  const message = `calls itself "${name}": its name is the key of its entry, ${advice}`;
  throw pluginFailure("PLUGIN_NAME_MISMATCH", culprit, message);
}

function construct(Class: PluginClass, options: PluginOptions, culprit: Culprit): Plugin {
  try {
    return new Class(options);
  } catch (cause) {
    const message = `threw in its constructor`;
    throw pluginFailure("PLUGIN_LOAD_FAILED", culprit, message, { cause });
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
