import ts from "typescript";
import { type Finding, findingAt } from "../finding.ts";
import { headOf, isAbstract, type PluginSource } from "../plugin-source.ts";

/** Whether a plugin does anything: it has an `onMount` or an `onInvoke`, its own or inherited. */
export function checkHooks(plugin: PluginSource, checker: ts.TypeChecker): readonly Finding[] {
  const has = (hook: string) => {
    const symbol = checker.getPropertyOfType(plugin.type, hook);
    // A class that only declares a hook has none. An object that spreads another may have got it from there.
    return (
      symbol !== undefined && !(ts.isClassLike(plugin.node) && (symbol.flags & ts.SymbolFlags.Optional) !== 0)
    );
  };
  if (isAbstract(plugin) || has("onMount") || has("onInvoke")) return [];
  const message = "it has neither onMount nor onInvoke, so it takes part in nothing";
  return [findingAt("hooks", "error", message, headOf(plugin))];
}
