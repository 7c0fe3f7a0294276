import ts from "typescript";
import { type Finding, findingAt } from "../finding.ts";
import { headOf, isAbstract, type PluginSource } from "../plugin-source.ts";

/** Whether a plugin has `type` and `name` as readonly strings. */
export function checkIdentity(plugin: PluginSource, checker: ts.TypeChecker): readonly Finding[] {
  // What extends an abstract class gives them.
  if (isAbstract(plugin)) return [];
  return ["type", "name"].flatMap((key) => checkField(plugin, key, checker));
}

function checkField(plugin: PluginSource, key: string, checker: ts.TypeChecker): Finding[] {
  const finding = (
    severity: "error" | "warning",
    message: string,
    node: ts.Node = headOf(plugin),
  ): Finding[] => [findingAt("identity", severity, message, node)];
  const symbol = checker.getPropertyOfType(plugin.type, key);
  const declaration = symbol?.declarations?.[0];
  if (!symbol || !declaration) return finding("error", `it has no ${key}: add readonly ${key} = "…"`);
  const node = isInProject(declaration) ? declaration : headOf(plugin);
  const type = checker.getTypeOfSymbol(symbol);
  if ((type.flags & ts.TypeFlags.Any) === 0 && !isText(type))
    return finding("error", `its ${key} is ${checker.typeToString(type)}, not a string`, node);
  if (type.isStringLiteral() && type.value === "") return finding("error", `its ${key} is empty`, node);
  // The type of an object literal's property is the interface's, which is readonly.
  if (!ts.isClassLike(plugin.node) || isReadonly(declaration)) return [];
  return finding("warning", `its ${key} is not readonly`, node);
}

function isText(type: ts.Type): boolean {
  if (type.isUnion()) return type.types.every(isText);
  return (type.flags & ts.TypeFlags.StringLike) !== 0;
}

function isReadonly(declaration: ts.Declaration): boolean {
  return (
    ts.isGetAccessor(declaration) ||
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0 ||
    // JavaScript has no such word.
    (declaration.flags & ts.NodeFlags.JavaScriptFile) !== 0
  );
}

function isInProject(node: ts.Node): boolean {
  return !node.getSourceFile().isDeclarationFile;
}
