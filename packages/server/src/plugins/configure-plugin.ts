import { isDeepStrictEqual } from "node:util";
import { isPlainObject, toCodeNode } from "../config/code-nodes.ts";
import type { GivenConfig } from "../config/explain-values.ts";
import { mergeNodes } from "../config/merge-nodes.ts";
import { rawValue } from "../config/node-value.ts";
import type { Fault } from "../errors.ts";
import type { Plugin, PluginConfigValues, PluginOptions } from "../types.ts";
import { type Culprit, pluginFailure } from "./plugin-failure.ts";

/** An instance that code made, which may have a configuration of its own. */
export type CodePlugin = Plugin & { config?: unknown };

/** What an instance was configured with. */
interface Configured {
  readonly config: unknown;
  readonly given: Promise<GivenConfig | undefined>;
}

/**
 * Functions that share an instance need not share anything else, so only the instance can tell that it is configured.
 * An entry lives as long as its instance.
 */
const configured = new WeakMap<Plugin, Configured>();

/**
 * Tells whether an instance has already been configured with an equal configuration.
 *
 * @throws ServerError `PLUGIN_CONFIG_CONFLICT` where it was configured otherwise, for another function.
 */
export function isConfigured(plugin: Plugin, config: unknown, culprit: Culprit): boolean {
  const known = configured.get(plugin);
  if (known === undefined) return false;
  if (isDeepStrictEqual(known.config, config)) return true;
  const message = "is one instance in several functions that configure it differently: make one for each";
  throw pluginFailure("PLUGIN_CONFIG_CONFLICT", culprit, message);
}

/** Configures an instance once, however many functions share it and mount at the same time. A failure is not kept. */
export function configureOnce(
  plugin: Plugin,
  config: unknown,
  culprit: Culprit,
  configure: () => Promise<GivenConfig | undefined>,
): Promise<GivenConfig | undefined> {
  if (isConfigured(plugin, config, culprit)) return configured.get(plugin)!.given;
  const given = configure();
  configured.set(plugin, { config, given });
  given.catch(() => configured.delete(plugin));
  return given;
}

/**
 * Hands an instance its configuration, by `applyConfig` or as its `config`.
 *
 * @throws ServerError `PLUGIN_LOAD_FAILED` when `applyConfig` throws, `INVALID_PLUGIN` when `config` cannot be assigned.
 */
export async function applyConfig(
  plugin: CodePlugin,
  options: PluginOptions,
  culprit: Culprit,
): Promise<void> {
  if (!plugin.applyConfig) {
    try {
      plugin.config = options.config;
    } catch {
      throw pluginFailure("INVALID_PLUGIN", culprit, "cannot be assigned a config: implement applyConfig");
    }
    return;
  }
  try {
    // One that is asynchronous against its type must not fail unheard.
    await plugin.applyConfig(options);
  } catch (cause) {
    throw pluginFailure("PLUGIN_LOAD_FAILED", culprit, `threw in applyConfig`, { cause });
  }
}

/**
 * Lays configuration over what an instance has, in an object of its own.
 *
 * @throws ServerError `INVALID_PLUGIN` when what it has is no plain object, or one that cannot be merged.
 */
export function mergeConfig(own: unknown, config: PluginConfigValues, culprit: Culprit): PluginConfigValues {
  const advice = "implement applyConfig to take what configuration says";
  if (own === undefined || own === null) return config;
  if (!isPlainObject(own))
    throw pluginFailure("INVALID_PLUGIN", culprit, `has a config that is no plain object: ${advice}`);
  const faults: Fault[] = [];
  const merged = rawValue(mergeNodes(toCodeNode(own, faults), toCodeNode(config, faults)));
  const [fault] = faults;
  if (fault) {
    const key = ["config", ...(fault.keyPath ?? [])].join(".");
    throw pluginFailure(
      "INVALID_PLUGIN",
      culprit,
      `has a ${key} that cannot be merged (${fault.message}): ${advice}`,
    );
  }
  // Two maps merge into a map.
  return merged as PluginConfigValues;
}
