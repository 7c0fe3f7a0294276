import type { Fault } from "../errors.ts";
import { didYouMean, meantName } from "./closest-name.ts";
import { type ConfigNode, faultAt, kindOf, type MapNode, type Origin } from "./config-node.ts";

/** Stages that need no section. */
export const STANDARD_STAGES: readonly string[] = ["development", "test", "testing", "staging", "production"];

/** The section that lies under every stage. */
export const DEFAULTS = "defaults";

const SECTION_KEYS = ["plugins"];
const ENTRY_KEYS = ["type", "config", "enabled", "public"];

/**
 * Checks a file's sections and gives the plugins of each, by stage. What is at fault is told and left out.
 * A key that nearly is one of the known sections is taken for a slip; any other is a stage of the project's own.
 */
export function checkSections(root: ConfigNode, faults: Fault[]): Map<string, MapNode> {
  const sections = new Map<string, MapNode>();
  const known = [DEFAULTS, ...STANDARD_STAGES];
  for (const [name, node] of mapEntries(root, "a file of configuration holds", faults)) {
    if (name === "$schema") continue;
    const meant = known.includes(name) || isVariant(name, known) ? undefined : meantName(name, known);
    if (SECTION_KEYS.includes(name))
      faults.push(faultAt(node.key, `"${name}" stands under "${DEFAULTS}" or under a stage`));
    else if (meant !== undefined)
      faults.push(faultAt(node.key, `"${name}" is no section. Did you mean "${meant}"?`));
    else sections.set(name, checkSection(node, faults));
  }
  return sections;
}

/** Checks one section, `{ plugins }`, and gives its plugins. What is at fault is told and left out. */
export function checkSection(section: ConfigNode, faults: Fault[]): MapNode {
  const entries = new Map<string, ConfigNode>();
  for (const [name, node] of mapEntries(section, "a section holds", faults)) {
    if (!assertKnown(name, node.key, SECTION_KEYS, "a section", faults)) continue;
    for (const [plugin, entry] of mapEntries(node, '"plugins" holds', faults))
      entries.set(plugin, checkEntry(entry, faults));
  }
  return { kind: "map", entries, key: section.key, at: section.at, overrode: [] };
}

function checkEntry(entry: ConfigNode, faults: Fault[]): MapNode {
  const entries = new Map<string, ConfigNode>();
  for (const [name, node] of mapEntries(entry, "a plugin's entry holds", faults)) {
    if (!assertKnown(name, node.key, ENTRY_KEYS, "a plugin's entry", faults)) continue;
    const value = checkField(name, node);
    if (typeof value === "string") faults.push(faultAt(node.at, `${value}, not ${kindOf(node)}`));
    else entries.set(name, value);
  }
  return { kind: "map", entries, key: entry.key, at: entry.at, overrode: [] };
}

/** The field as it counts, or what it should be. */
function checkField(name: string, node: ConfigNode): ConfigNode | string {
  if (name === "type") return isText(node) && node.value !== "" ? node : '"type" is the name of a module';
  if (name === "public")
    return node.kind === "list" && node.items.every(isText)
      ? node
      : '"public" is a list of key paths of "config"';
  if (name === "enabled") {
    // What a variable holds is text, and is checked when it is known.
    const isSwitch = node.kind === "scalar" && (typeof node.value === "boolean" || node.template);
    return isSwitch ? node : '"enabled" is true or false';
  }
  if (node.kind === "map") return node;
  return isNull(node) ? emptyMap(node) : '"config" is a map';
}

/** The entries of what should be a map. One that says nothing, as when all its lines are comments, is empty. */
function mapEntries(node: ConfigNode, whose: string, faults: Fault[]): Iterable<[string, ConfigNode]> {
  if (node.kind === "map") return node.entries;
  if (!isNull(node)) faults.push(faultAt(node.at, `${whose} a map, not ${kindOf(node)}`));
  return [];
}

function assertKnown(
  name: string,
  key: Origin,
  known: readonly string[],
  where: string,
  faults: Fault[],
): boolean {
  if (known.includes(name)) return true;
  const keys = known.map((it) => `"${it}"`).join(", ");
  faults.push(faultAt(key, `"${name}" is no key of ${where}, which has ${keys}.${didYouMean(name, known)}`));
  return false;
}

/** `staging2` and `test-eu` are stages of their own and no slips. */
function isVariant(name: string, known: readonly string[]): boolean {
  return known.some((it) => name.startsWith(it) && /^[-_.\d]/.test(name.slice(it.length)));
}

function emptyMap({ key, at }: ConfigNode): MapNode {
  return { kind: "map", entries: new Map(), key, at, overrode: [] };
}

function isText(node: ConfigNode): node is ConfigNode & { readonly value: string } {
  return node.kind === "scalar" && typeof node.value === "string";
}

function isNull(node: ConfigNode): boolean {
  return node.kind === "scalar" && node.value === null;
}
