import type { FuncConfig, PluginEntry } from "../types.ts";

/** What two layers of code configure, the second over the first: maps merge at any depth, anything else replaces. */
export function mergeConfigs(under: FuncConfig, over: FuncConfig): FuncConfig {
  const plugins = mergeMaps(under.plugins ?? {}, over.plugins ?? {});
  // Merging entries of plugins gives entries of plugins.
  return { plugins: plugins as Readonly<Record<string, PluginEntry>> };
}

function mergeMaps(under: object, over: object): Record<string, unknown> {
  // A key such as `__proto__` becomes a field of its own, which the check of configuration then refuses.
  const merged = new Map<string, unknown>(Object.entries(under));
  for (const [key, value] of Object.entries(over)) {
    const below = merged.get(key);
    merged.set(key, isMap(below) && isMap(value) ? mergeMaps(below, value) : value);
  }
  return Object.fromEntries(merged);
}

/** Instances of classes are values, whatever is in them. */
function isMap(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
