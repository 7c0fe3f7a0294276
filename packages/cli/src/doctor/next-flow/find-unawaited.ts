import ts from "typescript";
import { type HookFunction, type HookScope, isFunctionExpression, isWrapper, strip } from "./hook-scope.ts";

/** Calls of `next()`, and of what runs it, whose end nobody waits for. */
export function findUnawaited(scope: HookScope): readonly ts.Node[] {
  const unawaited = new Set<ts.Node>();
  const seen = new Set<ts.Node>();

  /** The promise of this expression: who takes it? */
  const check = (node: ts.Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    const { parent } = node;
    if (passesOn(node, parent)) return check(parent);
    if (isChainLink(node, parent)) return check(parent.parent);
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return check(parent);
    if (ts.isArrowFunction(parent) || ts.isReturnStatement(parent)) return checkFunction(enclosing(node));
    if (ts.isAwaitExpression(parent)) return checkFunction(enclosing(node));
    if (ts.isVariableDeclaration(parent)) {
      if (!isUsed(parent)) unawaited.add(node);
      return;
    }
    if (ts.isVoidExpression(parent) || ts.isExpressionStatement(parent)) {
      const executor = enclosing(node);
      const promise = executor.parent;
      // The executor of a promise hands the end on by a function, not by its own.
      if (ts.isNewExpression(promise) && handsOn(node)) check(promise);
      else unawaited.add(node);
    }
  };

  /** What a function waits for, whoever calls the function must wait for. */
  const checkFunction = (inner: HookFunction): void => {
    if (inner === scope.hook || seen.has(inner)) return;
    seen.add(inner);
    if (isFunctionExpression(inner)) {
      const { parent } = inner;
      if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return check(parent);
      if (ts.isParenthesizedExpression(parent) && ts.isCallExpression(parent.parent))
        return check(parent.parent);
    }
    visit(scope.hook, (node) => {
      if (ts.isCallExpression(node) && scope.localFunction(strip(node.expression)) === inner) check(node);
    });
  };

  visit(scope.hook, (node) => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
    const args = node.arguments ?? [];
    if (scope.isNext(strip(node.expression)) || args.some((argument) => scope.isNext(strip(argument))))
      check(node);
  });
  return [...unawaited];

  /** Whether a name is used anywhere but where it is declared. */
  function isUsed(declaration: ts.VariableDeclaration): boolean {
    const symbol = scope.checker.getSymbolAtLocation(declaration.name);
    let used = false;
    visit(scope.hook, (node) => {
      if (node === declaration.name || !ts.isIdentifier(node)) return;
      used ||= symbol !== undefined && scope.checker.getSymbolAtLocation(node) === symbol;
    });
    return used;
  }
}

/** Whether the value of `node` becomes that of `parent`. */
function passesOn(node: ts.Node, parent: ts.Node): boolean {
  if (ts.isConditionalExpression(parent)) return node !== parent.condition;
  if (ts.isBinaryExpression(parent))
    return parent.right === node && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken;
  return isWrapper(parent) || ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent);
}

/** `next()` in `next().then(…)`, whose promise is that of the whole. */
function isChainLink(node: ts.Node, parent: ts.Node): parent is ts.PropertyAccessExpression {
  return (
    ts.isPropertyAccessExpression(parent) && parent.expression === node && ts.isCallExpression(parent.parent)
  );
}

/** Whether a chain of promises ends with a handler of failures. */
function handsOn(chain: ts.Node): boolean {
  if (!ts.isCallExpression(chain) || !ts.isPropertyAccessExpression(chain.expression)) return false;
  return chain.expression.name.text === "catch" || chain.arguments.length > 1;
}

/** The function that a node stands in. A hook has one around everything. */
function enclosing(node: ts.Node): HookFunction {
  // Only what can stand inside a hook's body is asked for.
  return ts.findAncestor(node.parent, ts.isFunctionLike) as HookFunction;
}

function visit(node: ts.Node, visitor: (node: ts.Node) => void): void {
  visitor(node);
  ts.forEachChild(node, (child) => visit(child, visitor));
}
