import ts from "typescript";
import { isWrapper } from "./next-flow/hook-scope.ts";
import type { PluginNode } from "./plugin-source.ts";

/** Tells whether code in these files makes or passes on the plugin, beside where it is written. */
export function isUsedInCode(
  node: PluginNode,
  files: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): boolean {
  const holder = findHolder(node, checker);
  if (holder === "used where it stands") return true;
  return holder !== undefined && files.some((file) => mentions(file, holder, node, checker));
}

/** The name by which a plugin is used: its class, or the variable, function or export that holds it. */
function findHolder(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | "used where it stands" | undefined {
  if ((ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node)) && node.name)
    return checker.getSymbolAtLocation(node.name);
  if (ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node))
    return checker.getTypeAtLocation(node).symbol;
  const { parent } = node;
  if (isWrapper(parent)) return findHolder(parent, checker);
  if (ts.isVariableDeclaration(parent)) return checker.getSymbolAtLocation(parent.name);
  if (ts.isExportAssignment(parent)) {
    const module = checker.getSymbolAtLocation(parent.getSourceFile());
    return module && checker.getExportsOfModule(module).find(({ name }) => name === "default");
  }
  if (ts.isArrowFunction(parent)) return findHolder(parent, checker);
  if (ts.isReturnStatement(parent)) {
    const made = ts.findAncestor(parent, ts.isFunctionLike);
    return made && !ts.isMethodDeclaration(made) ? findHolder(made, checker) : "used where it stands";
  }
  return "used where it stands";
}

function mentions(file: ts.SourceFile, holder: ts.Symbol, own: ts.Node, checker: ts.TypeChecker): boolean {
  const visit = (node: ts.Node): boolean => {
    if (node === own) return false;
    if (ts.isIdentifier(node) && isValue(node) && resolve(node, checker) === holder) return true;
    return ts.forEachChild(node, visit) === true;
  };
  return visit(file);
}

/** Whether a name is used, and not declared, imported, exported, or spoken of as a type. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isExportSpecifier(parent)) return false;
  if (ts.isTypeReferenceNode(parent) || ts.isTypeQueryNode(parent) || ts.isExportAssignment(parent))
    return false;
  if ((ts.isVariableDeclaration(parent) || ts.isFunctionDeclaration(parent)) && parent.name === node)
    return false;
  return !(ts.isClassLike(parent) && parent.name === node);
}

function resolve(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
