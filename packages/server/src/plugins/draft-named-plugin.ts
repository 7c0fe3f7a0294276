import { originOf } from "../config/resolve-entries.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { PluginConfigValues } from "../types.ts";
import { readStatics } from "./class-statics.ts";
import { createPlugin } from "./create-plugin.ts";
import type { Draft } from "./draft.ts";
import type { LoadedEntry } from "./load-plugin-classes.ts";

/** Drafts a plugin that configuration names. */
export function draftNamedPlugin({ entry, type, Class }: LoadedEntry, config: ResolvedConfig): Draft {
  const { name } = entry;
  const at = originOf(entry.node, "type");
  const hidden = config.hiddenTexts(name, entry.config);
  const culprit = { name, at, secrets: config.secrets(), hidden };
  const { configSchema, publicConfig } = readStatics(Class, culprit);
  config.declarePublic(name, publicConfig);
  return {
    name,
    given: { config: entry.config },
    check: configSchema && { schema: configSchema, node: entry.node },
    culprit,
    finish(given) {
      const values = config.give(name, given);
      const plugin = createPlugin(Class, { name, type, config: values }, culprit);
      // A plugin's `config` is no part of its contract, but where most keep what they are given.
      config.hideWhenInspected(name, (plugin as { config?: PluginConfigValues }).config);
      return plugin;
    },
  };
}
