import ts from "typescript";
import { type Branches, partBy, textOf } from "./conditions.ts";
import { type HookFunction, type HookScope, isFunctionExpression, strip } from "./hook-scope.ts";
import {
  asGuesses,
  assume,
  forget,
  join,
  type Paths,
  withAnswer,
  withCall,
  withExit,
  withPossibleAnswer,
} from "./path-state.ts";

/** A call of `next()` on a way that has one already. */
export interface SecondCall {
  readonly call: ts.Node;
  readonly first: ts.Node;
  /** Not set where every such way rests on a guess. */
  readonly certain: boolean;
}

/** What answers a request without the rest of the chain. */
const ANSWERS = new Set(["setBody", "setStatusCode"]);
const ITERATIONS = new Set(["forEach", "map", "flatMap", "filter", "some", "every", "reduce", "find"]);

/** Follows the ways of a hook through expressions, in the order in which they are evaluated. */
export class ExpressionFlow {
  readonly secondCalls = new Map<ts.Node, SecondCall>();
  readonly #scope: HookScope;
  /** Follows the body of a function that is called, and gives the ways that come back. */
  readonly #runBody: (called: HookFunction, paths: Paths) => Paths;
  readonly #running = new Set<HookFunction>();
  #thrown: Paths = [];

  constructor(scope: HookScope, runBody: (called: HookFunction, paths: Paths) => Paths) {
    this.#scope = scope;
    this.#runBody = runBody;
  }

  /** Runs, and gives the ways that end in a throw beside the result. */
  catching<Result>(run: () => Result): { readonly result: Result; readonly thrown: Paths } {
    const outer = this.#thrown;
    this.#thrown = [];
    try {
      return { result: run(), thrown: this.#thrown };
    } finally {
      this.#thrown = outer;
    }
  }

  /** These ways throw here, or may. */
  throwing(paths: Paths): void {
    this.#thrown = join(this.#thrown, paths);
  }

  /** Parts ways by a condition. */
  branch(condition: ts.Expression, paths: Paths): Branches {
    const node = strip(condition);
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
      const { yes, no } = this.branch(node.operand, paths);
      return { yes: no, no: yes };
    }
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.kind;
      if (operator === ts.SyntaxKind.AmpersandAmpersandToken) {
        const left = this.branch(node.left, paths);
        const right = this.branch(node.right, left.yes);
        return { yes: right.yes, no: join(left.no, right.no) };
      }
      if (operator === ts.SyntaxKind.BarBarToken) {
        const left = this.branch(node.left, paths);
        const right = this.branch(node.right, left.no);
        return { yes: join(left.yes, right.yes), no: right.no };
      }
    }
    return partBy(node, this.evaluate(node, paths));
  }

  /** Follows the ways through an expression. None is left where it never ends. */
  evaluate(expression: ts.Expression, paths: Paths): Paths {
    const node = strip(expression);
    // A function that is not called here does not run here.
    if (isFunctionExpression(node) || ts.isClassExpression(node)) return paths;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) return this.#evaluateCall(node, paths);
    if (ts.isAwaitExpression(node)) {
      const awaited = this.evaluate(node.expression, paths);
      if (this.#scope.neverEnds(node)) return this.#end(awaited);
      if (!ts.isCallExpression(strip(node.expression))) this.throwing(asGuesses(awaited));
      return awaited;
    }
    if (ts.isConditionalExpression(node)) {
      const { yes, no } = this.branch(node.condition, paths);
      return join(this.evaluate(node.whenTrue, yes), this.evaluate(node.whenFalse, no));
    }
    if (ts.isBinaryExpression(node)) return this.#evaluateBinary(node, paths);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
      return forget(this.evaluate(node.operand, paths), nameOf(node.operand));
    let following = paths;
    ts.forEachChild(node, (child) => {
      if (ts.isExpression(child)) following = this.evaluate(child, following);
      else if (ts.isPropertyAssignment(child)) following = this.evaluate(child.initializer, following);
      else if (ts.isTemplateSpan(child)) following = this.evaluate(child.expression, following);
      else if (ts.isSpreadAssignment(child)) following = this.evaluate(child.expression, following);
    });
    return following;
  }

  /** A name has a new value. That of a flag is known. */
  assign(target: ts.Expression, value: ts.Expression | undefined, paths: Paths): Paths {
    const forgetful = forget(paths, nameOf(target));
    if (value?.kind === ts.SyntaxKind.TrueKeyword) return assume(forgetful, textOf(target), true, true);
    if (value?.kind === ts.SyntaxKind.FalseKeyword) return assume(forgetful, textOf(target), false, true);
    return forgetful;
  }

  #evaluateBinary(node: ts.BinaryExpression, paths: Paths): Paths {
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.AmpersandAmpersandToken) {
      const { yes, no } = this.branch(node.left, paths);
      return join(this.evaluate(node.right, yes), no);
    }
    if (operator === ts.SyntaxKind.BarBarToken) {
      const { yes, no } = this.branch(node.left, paths);
      return join(yes, this.evaluate(node.right, no));
    }
    if (operator === ts.SyntaxKind.QuestionQuestionToken) {
      const left = this.evaluate(node.left, paths);
      return join(left, this.evaluate(node.right, left));
    }
    const isAssignment =
      operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
    if (!isAssignment) return this.evaluate(node.right, this.evaluate(node.left, paths));
    const target = strip(node.left);
    const evaluated = this.evaluate(node.right, this.evaluate(target, paths));
    const value = operator === ts.SyntaxKind.EqualsToken ? strip(node.right) : undefined;
    const assigned = this.assign(target, value, evaluated);
    if (!ts.isPropertyAccessExpression(target)) return assigned;
    if (target.name.text === "response") return withAnswer(assigned);
    // Whoever reads the property may call it.
    return this.#scope.isNext(strip(node.right)) ? asGuesses(this.#call(node, assigned)) : assigned;
  }

  #evaluateCall(node: ts.CallExpression | ts.NewExpression, paths: Paths): Paths {
    const callee = strip(node.expression);
    const scope = this.#scope;
    const args = (node.arguments ?? []).map(strip);
    if (scope.isNext(callee)) return this.#call(node, this.#evaluateAll(args, paths));
    let following = this.#evaluateAll([callee, ...args], paths);
    if (args.some((argument) => scope.handsOverData(argument))) following = withPossibleAnswer(following);
    if (ANSWERS.has(nameOf(callee))) following = withAnswer(following);
    this.throwing(asGuesses(following));
    const called = isFunctionExpression(callee) ? callee : scope.localFunction(callee);
    if (called) following = this.#run(called, following);
    for (const argument of args)
      following = this.#evaluateCallback(argument, nameOf(callee), node, following);
    return ts.isCallExpression(node) && scope.neverEnds(node) ? this.#end(following) : following;
  }

  /** What is given `next`, or a function that calls it, is taken to call it once. */
  #evaluateCallback(argument: ts.Expression, callee: string, call: ts.Node, paths: Paths): Paths {
    const scope = this.#scope;
    if (scope.isNext(argument)) return this.#call(call, paths);
    const callback = isFunctionExpression(argument) ? argument : scope.localFunction(argument);
    if (!callback) return paths;
    const once = this.#run(callback, paths);
    if (ITERATIONS.has(callee)) return join(paths, once, this.#run(callback, once));
    return scope.mentionsNext(callback) ? once : join(paths, once);
  }

  #evaluateAll(nodes: readonly ts.Expression[], paths: Paths): Paths {
    return nodes.reduce((following, node) => this.evaluate(node, following), paths);
  }

  #call(node: ts.Node, paths: Paths): Paths {
    const again = paths.filter(({ calls }) => calls.length > 0);
    if (again.length > 0) {
      const known = this.secondCalls.get(node);
      const certain = known?.certain === true || again.some(({ guessed }) => !guessed);
      this.secondCalls.set(node, { call: node, first: known?.first ?? again[0]!.calls.at(-1)!, certain });
    }
    const called = withCall(paths, node);
    this.throwing(called);
    return called;
  }

  #run(called: HookFunction, paths: Paths): Paths {
    // A function that calls itself is followed once.
    if (this.#running.has(called)) return paths;
    this.#running.add(called);
    const following = this.#runBody(called, paths);
    this.#running.delete(called);
    // What ended is the function, and not the hook.
    return withExit(following, undefined);
  }

  #end(paths: Paths): Paths {
    this.throwing(paths);
    return [];
  }
}

/** The last name of what is called or assigned to. */
function nameOf(node: ts.Expression): string {
  const target = strip(node);
  if (ts.isPropertyAccessExpression(target)) return target.name.text;
  return ts.isIdentifier(target) ? target.text : target.getText();
}
