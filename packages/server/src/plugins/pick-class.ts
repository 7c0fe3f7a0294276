import { hasHook } from "../func/assert-plugins.ts";
import type { PluginClass } from "../types.ts";

/** The plugin's class in a module: its default export, or one of these names. Otherwise what the module has instead. */
export function pickClass(
  module: Readonly<Record<string, unknown>>,
  classNames: readonly string[],
): PluginClass | string {
  const fallback = module["default"];
  // What a bundler made of an ES module for `require` has its default export one level down.
  const candidates = [fallback, readDefault(fallback), ...classNames.map((name) => readOwn(module, name))];
  return candidates.find(isPluginClass) ?? describe(module, fallback, classNames);
}

/** Arrow functions in fields stand on instances alone, so a class need not show its hooks yet. */
function isPluginClass(value: unknown): value is PluginClass {
  if (typeof value !== "function") return false;
  const prototype: unknown = value.prototype;
  if (typeof prototype !== "object" || prototype === null) return false;
  return hasHook(prototype) || /^class\b/.test(Function.prototype.toString.call(value));
}

function describe(
  module: Readonly<Record<string, unknown>>,
  fallback: unknown,
  classNames: readonly string[],
): string {
  const wanted = ["a default export", ...classNames].join(", ");
  const names = Object.keys(module).toSorted();
  const found = names.length === 0 ? "it exports nothing" : `it exports ${names.join(", ")}`;
  const hint =
    typeof fallback === "object" && fallback !== null && hasHook(fallback)
      ? "; its default export is an instance: export the class itself"
      : typeof fallback === "function"
        ? "; its default export is a function and no class"
        : "";
  return `tried ${wanted}; ${found}${hint}`;
}

function readDefault(value: unknown): unknown {
  return typeof value === "object" && value !== null ? readOwn(value, "default") : undefined;
}

function readOwn(value: object, key: string): unknown {
  // Any object can be read by the keys it has.
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
