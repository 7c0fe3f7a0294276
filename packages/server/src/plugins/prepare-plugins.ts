import type { ResolvedConfig } from "../config/resolved-config.ts";
import { assertPlugins } from "../func/assert-plugins.ts";
import type { Plugin, PluginClass } from "../types.ts";
import { checkDrafts } from "./draft.ts";
import { draftCodePlugin } from "./draft-code-plugin.ts";
import { draftNamedPlugin } from "./draft-named-plugin.ts";
import { loadPluginClasses } from "./load-plugin-classes.ts";

/** What a function's plugins are made from. */
export interface PreparePluginsOptions {
  readonly config: ResolvedConfig;
  /** Those that code registered. */
  readonly plugins: readonly Plugin[];
  /** Classes whose entries need no `type`, by that type. */
  readonly builtIn: Readonly<Record<string, PluginClass>>;
  /** The app's folder, which packages are resolved from. Default: the working directory. */
  readonly root?: string | undefined;
}

/**
 * Makes the list of one function's plugins: first those that configuration names, in the order in which its layers
 * name them, then those that code registered, in theirs. An entry that is off takes its plugin out of either.
 *
 * Code's plugins get the configuration of their names, once: through `applyConfig`, or merged over their `config`. A
 * class with a `configSchema` gets what the schema makes of its configuration. Nothing is made or configured unless
 * everything can be loaded and is valid.
 *
 * @throws ServerError `DUPLICATE_PLUGIN` and `INVALID_PLUGIN` for what code registered; `INVALID_CONFIG` with all
 * faults that schemas find, and for entries without a type; `UNKNOWN_PLUGIN_TYPE`, `PLUGIN_NOT_FOUND`,
 * `INVALID_PLUGIN_MODULE`, `PLUGIN_LOAD_FAILED`, `PLUGIN_NAME_MISMATCH` for what configuration names;
 * `PLUGIN_CONFIG_CONFLICT` for an instance that several functions share and configure differently.
 */
export async function preparePlugins(options: PreparePluginsOptions): Promise<Plugin[]> {
  const { config, plugins, builtIn, root = process.cwd() } = options;
  assertPlugins(plugins);
  const names = new Set(plugins.map(({ name }) => name));
  const named = [...config.entries.values()].filter(({ enabled, name }) => enabled && !names.has(name));
  const loaded = await loadPluginClasses(named, { builtIn, root, secrets: config.secrets() });
  const kept = plugins.filter(({ name }) => config.entries.get(name)?.enabled !== false);
  const drafts = [
    ...loaded.map((it) => draftNamedPlugin(it, config)),
    ...kept.map((plugin) => draftCodePlugin(plugin, config)),
  ];
  const checked = await checkDrafts(drafts, config);
  const prepared: Plugin[] = [];
  // One after the other: what a constructor does may count on the order.
  for (const [index, draft] of drafts.entries()) prepared.push(await draft.finish(checked[index]!));
  return prepared;
}
