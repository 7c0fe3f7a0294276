import ts from "typescript";
import { type Finding, findingAt } from "../finding.ts";
import { strip } from "../next-flow/hook-scope.ts";
import type { PluginSource } from "../plugin-source.ts";

/** What gives another value each time. */
const UNSTABLE = /^(?:random\w*|uuid\w*|v[14567]|nanoid|cuid\w*|ulid|now|getTime|hrtime|uniqueId)$/i;

/** Whether a plugin is called the same in every process and for every instance. */
export function checkStability({ node, type }: PluginSource, checker: ts.TypeChecker): readonly Finding[] {
  const declaration = checker.getPropertyOfType(type, "name")?.valueDeclaration;
  const value = declaration && valueOf(declaration);
  if (!value || value.getSourceFile() !== node.getSourceFile()) return [];
  const culprit = findUnstable(value);
  if (!culprit) return [];
  const message = `its name comes from ${culprit.getText()}, another one each time: configuration, logs and order go by the name`;
  return [findingAt("stability", "error", message, culprit)];
}

function valueOf(declaration: ts.Declaration): ts.Node | undefined {
  if (ts.isPropertyDeclaration(declaration) || ts.isPropertyAssignment(declaration))
    return declaration.initializer;
  return ts.isGetAccessor(declaration) ? declaration.body : undefined;
}

function findUnstable(node: ts.Node): ts.Node | undefined {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const callee = strip(node.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
    if (UNSTABLE.test(name) || (ts.isNewExpression(node) && name === "Date")) return node;
  }
  if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
    const counts = [ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken].includes(node.operator);
    if (counts) return node;
  }
  return ts.forEachChild(node, findUnstable);
}
