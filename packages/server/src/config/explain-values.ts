import { isPlainObject } from "./code-nodes.ts";
import type { ConfigNode, Origin } from "./config-node.ts";
import { rawValue, variablesOf } from "./node-value.ts";
import type { Shows } from "./redact.ts";
import type { ResolvedEntry } from "./resolve-entries.ts";
import { REDACTED } from "./scrub.ts";
import { valueAt } from "./value-at.ts";
import type { PluginConfigValues } from "../types.ts";

/** A value and where it was written. */
export interface ExplainedSource {
  /** The value, or `"[redacted]"`. Of what was overridden, the text as written. */
  readonly value: unknown;
  /** Tells a value that is hidden from one that reads `[redacted]`. */
  readonly redacted: boolean;
  /** `default` is what a plugin's schema adds. */
  readonly source: Origin["source"];
  /** Absolute path. */
  readonly file?: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
  /** From 1. */
  readonly column?: number | undefined;
  /** Where in the file: `defaults`, or a stage. */
  readonly section?: string | undefined;
  /** The names of the environment variables that the text speaks of. */
  readonly variables: readonly string[];
}

/** A resolved value, where it came from, and what it overrode. */
export interface ExplainedValue extends ExplainedSource {
  /** From `plugins` on. */
  readonly keyPath: readonly string[];
  /** The latest first. */
  readonly overrode: readonly ExplainedSource[];
}

/** What a plugin was given in place of what configuration says. */
export interface GivenConfig {
  readonly config: PluginConfigValues | undefined;
  /** The part of it that the instance in code already had. */
  readonly fromInstance?: unknown;
}

/** Explains every value of a plugin's entry. A list is one value, as it replaces another list as a whole. */
export function explainEntry(
  entry: ResolvedEntry,
  given: GivenConfig | undefined,
  shows: Shows,
): readonly ExplainedValue[] {
  const path = ["plugins", entry.name];
  const explained: ExplainedValue[] = [];
  const values = { ...entry, config: given ? given.config : entry.config };
  const visit = (node: ConfigNode, keyPath: readonly string[], overrode: readonly ConfigNode[]): void => {
    const replaced = [...node.overrode, ...overrode].filter((it) => it.kind !== "map" || node.kind !== "map");
    if (node.kind === "map" && node.entries.size > 0) {
      // What a map took the place of, each of its values did.
      for (const [key, child] of node.entries) visit(child, [...keyPath, key], replaced);
      return;
    }
    const found = node.kind === "map" ? undefined : valueAt(values, keyPath.slice(path.length));
    explained.push({
      keyPath,
      ...describe(node, found ? found.value : rawValue(node), shows(keyPath)),
      overrode: replaced.map((it) => describe(it, rawValue(it), shows(keyPath))),
    });
  };
  // An entry that says nothing but the plugin's name is a value as well.
  if (entry.node.entries.size === 0) visit(entry.node, path, []);
  for (const [field, node] of entry.node.entries) visit(node, [...path, field], []);
  if (given) explained.push(...explainAdded(entry, given, shows));
  return explained;
}

/** What a schema, or the instance in code, adds to what configuration says. */
function explainAdded(entry: ResolvedEntry, given: GivenConfig, shows: Shows): readonly ExplainedValue[] {
  const added: ExplainedValue[] = [];
  const visit = (value: unknown, path: readonly string[], node: ConfigNode | undefined): void => {
    // What is made of a value that is written somewhere is told with it.
    if (node && node.kind !== "map") return;
    if (isPlainObject(value)) {
      for (const [key, child] of Object.entries(value)) visit(child, [...path, key], node?.entries.get(key));
      return;
    }
    // A plugin without any configuration has nothing to explain.
    if (node || value === undefined) return;
    const keyPath = ["plugins", entry.name, "config", ...path];
    const source = valueAt(given.fromInstance, path) ? "code" : "default";
    const shown = shows(keyPath);
    const origin = { value: shown ? value : REDACTED, redacted: !shown, source, variables: [] } as const;
    added.push({ keyPath, ...origin, overrode: [] });
  };
  visit(given.config, [], entry.node.entries.get("config"));
  return added;
}

function describe(node: ConfigNode, value: unknown, shown: boolean): ExplainedSource {
  const { source, file, line, column, keyPath } = node.at;
  return {
    value: shown ? value : REDACTED,
    redacted: !shown,
    source,
    file,
    line,
    column,
    section: source === "file" ? keyPath[0] : undefined,
    variables: variablesOf(node),
  };
}
