import { isPlainObject } from "../config/code-nodes.ts";
import type { GivenConfig } from "../config/explain-values.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { originOf, type ResolvedEntry } from "../config/resolve-entries.ts";
import type { Plugin, PluginClass } from "../types.ts";
import { type ClassStatics, readStatics } from "./class-statics.ts";
import {
  applyConfig,
  type CodePlugin,
  configureOnce,
  isConfigured,
  mergeConfig,
} from "./configure-plugin.ts";
import type { Draft } from "./draft.ts";
import type { Culprit } from "./plugin-failure.ts";

/** Drafts what becomes of a plugin that code registered. Without an entry it stays as it is. */
export function draftCodePlugin(plugin: CodePlugin, config: ResolvedConfig): Draft {
  const { name, type } = plugin;
  const entry = config.entries.get(name);
  const culprit: Culprit = {
    name,
    at: entry && originOf(entry.node, "config"),
    secrets: config.secrets(),
    // It may tell of what it had already, too.
    hidden: [...config.hiddenTexts(name, entry?.config), ...config.hiddenTexts(name, plugin.config)],
  };
  // Whoever made the object is its constructor, which need not be a plugin's class.
  const statics = readStatics(plugin.constructor as Partial<PluginClass> | undefined, culprit);
  config.declarePublic(name, statics.publicConfig);
  const taken = entry && (plugin.applyConfig || entry.config) ? { config: entry.config } : undefined;
  // What it was given then still holds.
  if (isConfigured(plugin, taken, culprit) || !entry || !taken) {
    const finish = () => finishOnce(plugin, config, taken, culprit, async () => undefined);
    return { name, given: { config: undefined }, culprit, finish };
  }
  const configure = async (given: GivenConfig) => {
    const before = plugin.config;
    await applyConfig(plugin, { name, type: entry.type ?? type, config: config.give(name, given) }, culprit);
    // What code made is code's own and stays as it is.
    if (plugin.config !== before) config.hideWhenInspected(name, plugin.config);
    return given;
  };
  return {
    name,
    given: toGiven(plugin, entry, statics, culprit),
    check: statics.configSchema && { schema: statics.configSchema, node: entry.node },
    culprit,
    finish: (given) => finishOnce(plugin, config, taken, culprit, () => configure(given)),
  };
}

/**
 * Without `applyConfig`, an instance gets its own configuration with the entry's laid over it. With one, it gets the
 * entry's alone; but where a schema is to check it, what it already has counts as well.
 */
function toGiven(
  plugin: CodePlugin,
  entry: ResolvedEntry,
  { configSchema }: ClassStatics,
  culprit: Culprit,
): GivenConfig {
  const own = plugin.config;
  const isMerged = plugin.applyConfig ? configSchema && isPlainObject(own) : true;
  if (!isMerged) return { config: entry.config };
  return { config: mergeConfig(own, entry.config ?? {}, culprit), fromInstance: own };
}

async function finishOnce(
  plugin: Plugin,
  config: ResolvedConfig,
  taken: unknown,
  culprit: Culprit,
  configure: () => Promise<GivenConfig | undefined>,
): Promise<Plugin> {
  const given = await configureOnce(plugin, taken, culprit, configure);
  if (given) config.give(plugin.name, given);
  return plugin;
}
