import ts from "typescript";

/** A function that can have a body, and is run by a call. */
export type HookFunction =
  ts.MethodDeclaration | ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction;

/** What names mean inside a hook. */
export class HookScope {
  readonly hook: HookFunction;
  readonly checker: ts.TypeChecker;
  readonly #data: ts.Symbol | undefined;
  readonly #next: ts.Symbol | undefined;

  constructor(hook: HookFunction, checker: ts.TypeChecker) {
    this.hook = hook;
    this.checker = checker;
    const [data, next] = hook.parameters;
    this.#data = data && checker.getSymbolAtLocation(data.name);
    this.#next = next && checker.getSymbolAtLocation(next.name);
  }

  /** Tells the hook's `next`, also under another name. */
  isNext(node: ts.Node): boolean {
    if (!ts.isIdentifier(node)) return false;
    const symbol = this.#symbolOf(node);
    if (symbol === undefined) return false;
    if (symbol === this.#next) return true;
    const alias = symbol.valueDeclaration;
    return (
      alias !== undefined &&
      ts.isVariableDeclaration(alias) &&
      alias.initializer !== undefined &&
      this.isNext(strip(alias.initializer))
    );
  }

  /** Tells whether an argument gives away `data`, alone or inside an object or a list. */
  handsOverData(argument: ts.Expression): boolean {
    const node = strip(argument);
    if (ts.isIdentifier(node)) return this.#data !== undefined && this.#symbolOf(node) === this.#data;
    if (ts.isArrayLiteralExpression(node)) return node.elements.some((item) => this.handsOverData(item));
    if (ts.isSpreadElement(node)) return this.handsOverData(node.expression);
    if (!ts.isObjectLiteralExpression(node)) return false;
    return node.properties.some((property) => {
      if (ts.isShorthandPropertyAssignment(property))
        return this.checker.getShorthandAssignmentValueSymbol(property) === this.#data;
      if (ts.isPropertyAssignment(property)) return this.handsOverData(property.initializer);
      return ts.isSpreadAssignment(property) && this.handsOverData(property.expression);
    });
  }

  /** Tells whether `next` is named anywhere inside. */
  mentionsNext(node: ts.Node): boolean {
    return this.isNext(node) || ts.forEachChild(node, (child) => this.mentionsNext(child)) === true;
  }

  /** The function that a name stands for, where it is written inside the hook. */
  localFunction(node: ts.Node): HookFunction | undefined {
    const declaration = ts.isIdentifier(node) ? this.#symbolOf(node)?.valueDeclaration : undefined;
    if (!declaration || !isInside(declaration, this.hook)) return undefined;
    if (ts.isFunctionDeclaration(declaration)) return declaration;
    const initializer =
      ts.isVariableDeclaration(declaration) && declaration.initializer
        ? strip(declaration.initializer)
        : undefined;
    return initializer && isFunctionExpression(initializer) ? initializer : undefined;
  }

  /** Tells whether the expression has the type `never`: what follows it does not run. */
  neverEnds(node: ts.Expression): boolean {
    return (this.checker.getTypeAtLocation(node).flags & ts.TypeFlags.Never) !== 0;
  }

  #symbolOf(node: ts.Identifier): ts.Symbol | undefined {
    return ts.isShorthandPropertyAssignment(node.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.checker.getSymbolAtLocation(node);
  }
}

/** The expression without parentheses and what only speaks to the type checker. */
export function strip(node: ts.Expression): ts.Expression {
  return isWrapper(node) ? strip(node.expression) : node;
}

/** What has the value of the expression inside it. */
export function isWrapper(
  node: ts.Node,
): node is ts.ParenthesizedExpression | ts.AsExpression | ts.NonNullExpression | ts.SatisfiesExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node)
  );
}

export function isFunctionExpression(node: ts.Node): node is ts.FunctionExpression | ts.ArrowFunction {
  return ts.isFunctionExpression(node) || ts.isArrowFunction(node);
}

function isInside(node: ts.Node, ancestor: ts.Node): boolean {
  return (
    node.getSourceFile() === ancestor.getSourceFile() && node.pos >= ancestor.pos && node.end <= ancestor.end
  );
}
