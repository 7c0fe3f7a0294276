import { didYouMean } from "./closest-name.ts";
import { faultAt, type MapNode, type Origin } from "./config-node.ts";
import { type Filling, toValue } from "./node-value.ts";
import type { PluginConfigValues } from "../types.ts";

/** A plugin's entry with variables filled in. */
export interface ResolvedEntry {
  readonly name: string;
  readonly type?: string | undefined;
  readonly enabled: boolean;
  readonly public: readonly string[];
  /** Left out where no layer gives it, and where the plugin is off: its variables need not be set then. */
  readonly config?: PluginConfigValues | undefined;
  /** What it was made from, for the positions of faults. */
  readonly node: MapNode;
}

/** The entries of all plugins, in the order in which layers first name them. */
export function resolveEntries(plugins: MapNode, filling: Filling): Map<string, ResolvedEntry> {
  const entries = new Map<string, ResolvedEntry>();
  for (const [name, node] of plugins.entries)
    // The check of sections has left maps only.
    if (node.kind === "map") entries.set(name, resolveEntry(name, node, filling));
  return entries;
}

/** Where a field of an entry stands, or the entry where it has no such field. */
export function originOf(node: MapNode, field: string): Origin {
  return node.entries.get(field)?.at ?? node.key;
}

function resolveEntry(name: string, node: MapNode, filling: Filling): ResolvedEntry {
  const field = (key: string): unknown => {
    const child = node.entries.get(key);
    return child && toValue(child, filling);
  };
  const enabled = toSwitch(field("enabled") ?? true, node, filling);
  const shown = field("public");
  const entry = { name, enabled, public: Array.isArray(shown) ? shown.map(String) : [], node };
  if (!enabled) {
    const type = node.entries.get("type");
    // What the type of an absent plugin would be is told where no variable is needed for it.
    return type?.kind === "scalar" && !type.template ? { ...entry, type: String(type.value) } : entry;
  }
  const type = field("type");
  const config = field("config");
  return {
    ...entry,
    ...(type === undefined ? {} : { type: String(type) }),
    // The check of sections has left maps only.
    ...(config === undefined ? {} : { config: config as PluginConfigValues }),
  };
}

function toSwitch(value: unknown, node: MapNode, { faults }: Filling): boolean {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "false") return value === "true";
  const hint = typeof value === "string" ? didYouMean(value, ["true", "false"]) : "";
  faults.push(
    faultAt(originOf(node, "enabled"), `"enabled" is true or false, and so is its variable.${hint}`),
  );
  return true;
}
