import type { PluginIdentity } from "./plugin.ts";
import { priorityOf, resolvePlugins } from "./resolve-plugins.ts";

/** Why a plugin stands where it stands. */
export interface ExplainedPlugin {
  readonly name: string;
  /** Its place in the resolved order, 1 for the outermost. */
  readonly position: number;
  /** Its place in the list that was given, from 1. */
  readonly registered: number;
  readonly priority: number;
  readonly dependencies: readonly string[];
  /** One clause, such as `priority -10, before every higher one`. */
  readonly reason: string;
}

/** The resolved order of a list of plugins: as data, as text, as a diagram. */
export interface Explanation {
  readonly plugins: readonly ExplainedPlugin[];
  /** One line a plugin, outermost first. */
  toString(): string;
  /** A Mermaid flowchart: solid arrows for the order, dotted ones for dependencies. */
  toMermaid(): string;
}

/**
 * Resolves a list of plugins and tells the order with the reason for each position.
 *
 * @throws PipelineError as `resolvePlugins` does.
 *
 * @example
 * ```ts
 * import { explain } from "@x/pipeline";
 *
 * console.log(String(explain([{ name: "retry" }, { name: "cache", priority: -10 }])));
 * // 1. cache: priority -10, before every higher one
 * // 2. retry: priority 0
 * ```
 */
export function explain(plugins: readonly PluginIdentity[]): Explanation {
  const resolved = resolvePlugins(plugins);
  const explained = resolved.map((plugin, index): ExplainedPlugin => ({
    name: plugin.name,
    position: index + 1,
    registered: plugins.indexOf(plugin) + 1,
    priority: priorityOf(plugin),
    dependencies: [...(plugin.dependencies ?? [])],
    reason: reasonFor(resolved, index),
  }));
  return {
    plugins: explained,
    toString: () => explained.map(toLine).join("\n"),
    toMermaid: () => toMermaid(explained),
  };
}

function reasonFor(resolved: readonly PluginIdentity[], index: number): string {
  const priority = priorityOf(resolved[index]!);
  const before = resolved[index - 1];
  const after = resolved.slice(index + 1).some((plugin) => priorityOf(plugin) > priority);
  if (before && priorityOf(before) === priority)
    return `priority ${priority}, registered after ${before.name}`;
  return `priority ${priority}${after ? ", before every higher one" : ""}`;
}

function toLine({ position, name, reason, dependencies }: ExplainedPlugin): string {
  const needs = dependencies.length > 0 ? ` (needs ${dependencies.join(", ")})` : "";
  return `${position}. ${name}: ${reason}${needs}`;
}

function toMermaid(plugins: readonly ExplainedPlugin[]): string {
  const idOf = new Map(plugins.map(({ name, position }) => [name, `p${position}`]));
  return [
    "flowchart LR",
    ...plugins.map(({ name }) => `  ${idOf.get(name)}${toLabel(name)}`),
    `  ${["request([request])", ...idOf.values(), "core([core])"].join(" --> ")}`,
    ...plugins.flatMap(({ name, dependencies }) =>
      dependencies.map((needed) => `  ${idOf.get(name)} -. needs .-> ${idOf.get(needed)}`),
    ),
  ].join("\n");
}

/** Mermaid reads Markdown and HTML inside a quoted label, and has no escape there but entities of its own. */
function toLabel(name: string): string {
  return `["${name.replaceAll(/["#&<`\n]/g, (character) => `#${character.codePointAt(0)};`)}"]`;
}
