import type ts from "typescript";
import { type Finding, findingAt } from "../finding.ts";
import { headOf, isAbstract, type PluginSource } from "../plugin-source.ts";
import { isUsedInCode } from "../plugin-usage.ts";

/** Whether configuration names the plugin's file, or code makes the plugin. */
export function checkRegistration(
  plugin: PluginSource,
  files: readonly ts.SourceFile[],
  namedFiles: ReadonlyMap<string, unknown>,
  checker: ts.TypeChecker,
): readonly Finding[] {
  const file = plugin.node.getSourceFile().fileName;
  if (isAbstract(plugin) || namedFiles.has(file) || isUsedInCode(plugin.node, files, checker)) return [];
  const message = "no faas.yaml names its file and no code makes it, so no function has it";
  return [findingAt("registration", "warning", message, headOf(plugin))];
}
