import type { StandardSchemaV1 } from "@standard-schema/spec";
import { toConfigError } from "../config/config-error.ts";
import type { MapNode } from "../config/config-node.ts";
import type { GivenConfig } from "../config/explain-values.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { Fault } from "../errors.ts";
import type { Plugin, PluginConfigValues } from "../types.ts";
import { type Culprit, pluginFailure } from "./plugin-failure.ts";
import { validateConfig } from "./validate-config.ts";

/** A plugin to be: its configuration is known, but neither checked nor handed over. */
export interface Draft {
  readonly name: string;
  readonly given: GivenConfig;
  /** How to check it, and the entry that faults are found in. */
  readonly check?: { readonly schema: StandardSchemaV1; readonly node: MapNode } | undefined;
  readonly culprit: Culprit;
  /** Makes the plugin, or configures the one that code made. */
  finish(given: GivenConfig): Plugin | Promise<Plugin>;
}

/**
 * Checks the configuration of every draft by its schema and gives what the schemas make of them, in the same order.
 *
 * @throws ServerError `INVALID_CONFIG` with the faults of all plugins, `INVALID_PLUGIN` for a schema that throws.
 */
export async function checkDrafts(
  drafts: readonly Draft[],
  config: ResolvedConfig,
): Promise<readonly GivenConfig[]> {
  const checked = await Promise.all(drafts.map((draft) => checkDraft(draft, config)));
  const faults = checked.flatMap((it) => it.faults);
  if (faults.length === 0) return checked.map(({ given }) => given);
  const blamed = drafts.filter((_, index) => checked[index]!.faults.length > 0);
  throw toConfigError(
    faults,
    blamed.map(({ name }) => name),
  );
}

interface Checked {
  readonly given: GivenConfig;
  readonly faults: readonly Fault[];
}

async function checkDraft(draft: Draft, config: ResolvedConfig): Promise<Checked> {
  const { name, check, given, culprit } = draft;
  if (!check) return { given, faults: [] };
  const hidden = (value: unknown, path: readonly string[]) => [
    ...config.secrets(),
    ...config.hiddenTexts(name, value, path),
  ];
  try {
    // A plugin that is not configured may have nothing but defaults.
    const options = { input: given.config ?? {}, node: check.node, hidden };
    const validation = await validateConfig(check.schema, options);
    if (validation.faults) return { given, faults: validation.faults };
    // What its own schema makes of it is what the plugin expects, whatever it is.
    return { given: { ...given, config: validation.output as PluginConfigValues }, faults: [] };
  } catch (cause) {
    throw pluginFailure("INVALID_PLUGIN", culprit, `has a configSchema that throws`, {
      cause,
    });
  }
}
