import ts from "typescript";
import { type Finding, findingAt } from "../finding.ts";
import { strip } from "../next-flow/hook-scope.ts";
import type { PluginSource } from "../plugin-source.ts";
import type { ServerTypes } from "../server-types.ts";

/** Whether handlers know, by `DefineApiInject`, the fields that a plugin puts on `data`. */
export function checkInjection({ node, hooks }: PluginSource, types: ServerTypes): readonly Finding[] {
  // JavaScript declares nothing.
  if ((node.flags & ts.NodeFlags.JavaScriptFile) !== 0) return [];
  const { checker } = types;
  const parameters = new Set(
    hooks.flatMap(
      ({
        name,
        hook: {
          parameters: [data],
        },
      }) => (name === "onInvoke" && data ? (checker.getSymbolAtLocation(data.name) ?? []) : []),
    ),
  );
  const isData = (expression: ts.Expression): boolean => {
    const target = strip(expression);
    const symbol = checker.getSymbolAtLocation(target);
    return (symbol && parameters.has(symbol)) || types.is(checker.getTypeAtLocation(target), "InvokeData");
  };
  const told = new Set<string>();
  return findAssignedFields(node, isData, checker).flatMap(({ name, at }): Finding[] => {
    if (types.declaresField(name) || told.has(name)) return [];
    told.add(name);
    const message = `it sets data.${name}, which handlers do not know: declare ${name} in DefineApiInject`;
    return [findingAt("injection", "error", message, at)];
  });
}

interface AssignedField {
  readonly name: string;
  readonly at: ts.Node;
}

/** The fields of `data` that are assigned inside, and in functions of the project that are given `data` there. */
function findAssignedFields(
  node: ts.Node,
  isData: (expression: ts.Expression) => boolean,
  checker: ts.TypeChecker,
): readonly AssignedField[] {
  const found: AssignedField[] = [];
  const followed = new Set<ts.Node>([node]);
  const visit = (inner: ts.Node): void => {
    if (ts.isBinaryExpression(inner) && isAssignment(inner.operatorToken.kind)) {
      const target = strip(inner.left);
      const field = toField(target);
      if (field && isData(field.object)) found.push({ name: field.name, at: target });
    }
    if (ts.isCallExpression(inner) && inner.arguments.some(isData)) {
      const [target, ...sources] = inner.arguments;
      const isAssign = inner.expression.getText() === "Object.assign";
      if (isAssign && target && isData(target)) found.push(...sources.flatMap(toProperties));
      const called = checker.getResolvedSignature(inner)?.declaration;
      if (called && !called.getSourceFile().isDeclarationFile && !followed.has(called)) {
        followed.add(called);
        visit(called);
      }
    }
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return found;
}

function toField(
  target: ts.Expression,
): { readonly object: ts.Expression; readonly name: string } | undefined {
  if (ts.isPropertyAccessExpression(target)) return { object: target.expression, name: target.name.text };
  if (!ts.isElementAccessExpression(target)) return undefined;
  const key = strip(target.argumentExpression);
  return ts.isStringLiteralLike(key) ? { object: target.expression, name: key.text } : undefined;
}

function toProperties(source: ts.Expression): AssignedField[] {
  const object = strip(source);
  if (!ts.isObjectLiteralExpression(object)) return [];
  return object.properties.flatMap((property) =>
    property.name && (ts.isIdentifier(property.name) || ts.isStringLiteralLike(property.name))
      ? [{ name: property.name.text, at: property }]
      : [],
  );
}

function isAssignment(operator: ts.SyntaxKind): boolean {
  return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
}
