import ts from "typescript";

/** The `plugins` of a function's options, in a file that makes one. */
export function findPluginsProperty(source: ts.SourceFile): ts.Node | undefined {
  const visit = (node: ts.Node): ts.Node | undefined =>
    ts.isPropertyAssignment(node) &&
    node.name.getText() === "plugins" &&
    ts.isArrayLiteralExpression(node.initializer)
      ? node.name
      : ts.forEachChild(node, visit);
  return visit(source);
}
