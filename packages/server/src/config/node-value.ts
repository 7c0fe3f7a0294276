import type { Fault } from "../errors.ts";
import { didYouMean } from "./closest-name.ts";
import { type ConfigNode, faultAt, type ScalarNode } from "./config-node.ts";
import { fillTemplate } from "./templates.ts";

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A value that variables gave. */
export interface FilledValue {
  /** The keys that lead to it, from `plugins` on. */
  readonly keyPath: readonly string[];
  /** The value and the parts of it that are not written in the file. */
  readonly texts: readonly string[];
}

/** What filling in collects on its way. */
export interface Filling {
  readonly env: Environment;
  readonly faults: Fault[];
  readonly filled: FilledValue[];
}

/** The value that a node stands for, in containers of its own. Missing variables are faults. */
export function toValue(node: ConfigNode, filling: Filling): unknown {
  if (node.kind === "list") return node.items.map((item) => toValue(item, filling));
  if (node.kind === "map")
    return Object.fromEntries([...node.entries].map(([key, child]) => [key, toValue(child, filling)]));
  return node.template ? fill(node, node.template, filling) : node.value;
}

/** The value as it is written, variables by their names. */
export function rawValue(node: ConfigNode): unknown {
  if (node.kind === "list") return node.items.map(rawValue);
  if (node.kind === "map")
    return Object.fromEntries([...node.entries].map(([key, child]) => [key, rawValue(child)]));
  return node.value;
}

/** The names of the variables that a node's text speaks of, those in defaults included. */
export function variablesOf(node: ConfigNode): readonly string[] {
  if (node.kind === "list") return node.items.flatMap(variablesOf);
  if (node.kind === "map") return [...node.entries.values()].flatMap(variablesOf);
  return namesIn(node.template);
}

function namesIn(template: ScalarNode["template"] = []): readonly string[] {
  return template.flatMap((part) => (typeof part === "string" ? [] : [part.name, ...namesIn(part.fallback)]));
}

function fill(node: ConfigNode, template: NonNullable<ScalarNode["template"]>, filling: Filling): string {
  const { text, missing, given } = fillTemplate(template, filling.env);
  for (const name of missing) {
    const advice = `set it, or give a default: \${${name}:-…}.${didYouMean(name, Object.keys(filling.env))}`;
    filling.faults.push(faultAt(node.at, `the environment variable ${name} is not set: ${advice}`));
  }
  const { source, keyPath } = node.at;
  // In a file the section comes first.
  if (given.length > 0)
    filling.filled.push({
      keyPath: source === "file" ? keyPath.slice(1) : keyPath,
      texts: [...new Set([text, ...given])],
    });
  return text;
}
