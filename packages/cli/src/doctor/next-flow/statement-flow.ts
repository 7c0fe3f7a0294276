import ts from "typescript";
import { partByEquality } from "./conditions.ts";
import type { ExpressionFlow } from "./expression-flow.ts";
import { forgetTests, join, type Paths, withExit } from "./path-state.ts";

/** How the ways through a statement end. Those that throw are with the expressions. */
interface Completion {
  readonly next: Paths;
  readonly returns: Paths;
  /** By the label that a `break` names, "" for none. */
  readonly breaks: ReadonlyMap<string, Paths>;
  readonly continues: ReadonlyMap<string, Paths>;
}

type Jumps = Completion["breaks"];

const NONE: Jumps = new Map();
/** Enough to see a second call. */
const TURNS = 2;

/** Follows the ways of a hook through statements. */
export class StatementFlow {
  readonly #expressions: ExpressionFlow;
  readonly #isExhaustive: (statement: ts.SwitchStatement) => boolean;

  constructor(expressions: ExpressionFlow, isExhaustive: (statement: ts.SwitchStatement) => boolean) {
    this.#expressions = expressions;
    this.#isExhaustive = isExhaustive;
  }

  /** The ways that come out of a function, by `return` or at its end. */
  body(body: ts.ConciseBody, paths: Paths): Paths {
    if (!ts.isBlock(body)) return withExit(this.#expressions.evaluate(body, paths), body);
    const { next, returns } = this.#sequence(body.statements, paths);
    return join(next, returns);
  }

  #sequence(statements: readonly ts.Statement[], paths: Paths): Completion {
    let completion = going(paths);
    for (const statement of statements) {
      if (completion.next.length === 0) break;
      completion = after(completion, this.#statement(statement, completion.next));
    }
    return completion;
  }

  #statement(node: ts.Statement, paths: Paths, label = ""): Completion {
    const expressions = this.#expressions;
    if (ts.isBlock(node)) return this.#sequence(node.statements, paths);
    if (ts.isExpressionStatement(node)) return going(expressions.evaluate(node.expression, paths));
    if (ts.isVariableStatement(node)) return going(this.#declare(node.declarationList, paths));
    if (ts.isIfStatement(node)) {
      const { yes, no } = expressions.branch(node.expression, paths);
      const otherwise = node.elseStatement ? this.#statement(node.elseStatement, no) : going(no);
      return either(this.#statement(node.thenStatement, yes), otherwise);
    }
    if (ts.isReturnStatement(node)) {
      const value = node.expression ? expressions.evaluate(node.expression, paths) : paths;
      return { ...going([]), returns: withExit(value, node) };
    }
    if (ts.isThrowStatement(node)) {
      expressions.throwing(expressions.evaluate(node.expression, paths));
      return going([]);
    }
    if (ts.isBreakStatement(node))
      return { ...going([]), breaks: new Map([[node.label?.text ?? "", paths]]) };
    if (ts.isContinueStatement(node))
      return { ...going([]), continues: new Map([[node.label?.text ?? "", paths]]) };
    if (ts.isLabeledStatement(node)) {
      const completion = this.#statement(node.statement, paths, node.label.text);
      return settleJumps(completion, "breaks", node.label.text);
    }
    if (ts.isTryStatement(node)) return this.#try(node, paths);
    if (ts.isSwitchStatement(node)) return this.#switch(node, paths);
    if (ts.isIterationStatement(node, false)) return this.#loop(node, paths, label);
    return going(paths);
  }

  #declare(list: ts.VariableDeclarationList, paths: Paths): Paths {
    let following = paths;
    for (const { name, initializer } of list.declarations) {
      if (initializer) following = this.#expressions.evaluate(initializer, following);
      if (ts.isIdentifier(name)) following = this.#expressions.assign(name, initializer, following);
    }
    return following;
  }

  #loop(node: ts.IterationStatement, paths: Paths, label: string): Completion {
    const expressions = this.#expressions;
    let entering = this.#beforeLoop(node, paths);
    let completion = going([]);
    const test = (following: Paths): { yes: Paths; no: Paths } => {
      const condition = conditionOf(node);
      // How many turns there are is known to nobody.
      if (condition === "each") return { yes: following, no: following };
      return condition ? expressions.branch(condition, following) : { yes: following, no: [] };
    };
    const leave = (left: Paths) => {
      completion = { ...completion, next: join(completion.next, left) };
    };
    for (let turn = 0; turn < TURNS && entering.length > 0; turn += 1) {
      const runsFirst = turn === 0 && ts.isDoStatement(node);
      const tested = runsFirst ? { yes: entering, no: [] } : test(entering);
      leave(tested.no);
      let turned = this.#statement(node.statement, tested.yes);
      for (const name of new Set(["", label])) turned = settleJumps(turned, "continues", name);
      entering = forgetTests(this.#increment(node, turned.next));
      completion = {
        ...either(completion, { ...turned, next: [] }),
        next: join(completion.next, turned.breaks.get("") ?? []),
        breaks: without(merge(completion.breaks, turned.breaks), ""),
      };
    }
    leave(test(entering).no);
    return completion;
  }

  #beforeLoop(node: ts.IterationStatement, paths: Paths): Paths {
    if (ts.isForOfStatement(node) || ts.isForInStatement(node))
      return this.#expressions.evaluate(node.expression, paths);
    if (!ts.isForStatement(node) || !node.initializer) return paths;
    return ts.isVariableDeclarationList(node.initializer)
      ? this.#declare(node.initializer, paths)
      : this.#expressions.evaluate(node.initializer, paths);
  }

  #increment(node: ts.IterationStatement, paths: Paths): Paths {
    return ts.isForStatement(node) && node.incrementor
      ? this.#expressions.evaluate(node.incrementor, paths)
      : paths;
  }

  #switch(node: ts.SwitchStatement, paths: Paths): Completion {
    const expressions = this.#expressions;
    let untaken = expressions.evaluate(node.expression, paths);
    const entries = node.caseBlock.clauses.map((clause): Paths => {
      if (ts.isDefaultClause(clause)) return [];
      const { yes, no } = partByEquality(node.expression, clause.expression, untaken);
      untaken = no;
      return yes;
    });
    let completion = going([]);
    let hasDefault = false;
    for (const [index, clause] of node.caseBlock.clauses.entries()) {
      const isDefault = ts.isDefaultClause(clause);
      hasDefault ||= isDefault;
      const entering = join(completion.next, isDefault ? untaken : entries[index]!);
      completion = after(completion, this.#sequence(clause.statements, entering));
    }
    if (!hasDefault && !this.#isExhaustive(node))
      completion = { ...completion, next: join(completion.next, untaken) };
    return settleJumps(completion, "breaks", "");
  }

  #try(node: ts.TryStatement, paths: Paths): Completion {
    const expressions = this.#expressions;
    const { result: tried, thrown } = expressions.catching(() => this.#statement(node.tryBlock, paths));
    const { catchClause, finallyBlock } = node;
    const rescue = () => {
      if (catchClause) return either(tried, this.#statement(catchClause.block, thrown));
      expressions.throwing(thrown);
      return tried;
    };
    if (!finallyBlock) return rescue();
    const { result: rescued, thrown: uncaught } = expressions.catching(rescue);
    const finish = (ending: Paths) => this.#statement(finallyBlock, ending);
    const failed = finish(uncaught);
    expressions.throwing(failed.next);
    const ended = finish(rescued.next);
    return {
      next: ended.next,
      // A `return` inside `finally` takes the place of every other end.
      returns: join(finish(rescued.returns).next, ended.returns, failed.returns),
      breaks: mapJumps(rescued.breaks, finish),
      continues: mapJumps(rescued.continues, finish),
    };
  }
}

/** What a loop tests, or that it takes each of something. */
function conditionOf(node: ts.IterationStatement): ts.Expression | "each" | undefined {
  if (ts.isForStatement(node)) return node.condition;
  return ts.isWhileStatement(node) || ts.isDoStatement(node) ? node.expression : "each";
}

function going(next: Paths): Completion {
  return { next, returns: [], breaks: NONE, continues: NONE };
}

/** What `first` did beside going on, and all of `second`. */
function after(first: Completion, second: Completion): Completion {
  return either({ ...first, next: [] }, second);
}

function either(one: Completion, other: Completion): Completion {
  return {
    next: join(one.next, other.next),
    returns: join(one.returns, other.returns),
    breaks: merge(one.breaks, other.breaks),
    continues: merge(one.continues, other.continues),
  };
}

/** Those that jump here go on here. */
function settleJumps(completion: Completion, kind: "breaks" | "continues", label: string): Completion {
  const here = completion[kind].get(label) ?? [];
  return { ...completion, next: join(completion.next, here), [kind]: without(completion[kind], label) };
}

function merge(one: Jumps, other: Jumps): Jumps {
  const merged = new Map(one);
  for (const [label, paths] of other) merged.set(label, join(merged.get(label) ?? [], paths));
  return merged;
}

function without(jumps: Jumps, label: string): Jumps {
  return new Map([...jumps].filter(([known]) => known !== label));
}

function mapJumps(jumps: Jumps, finish: (paths: Paths) => Completion): Jumps {
  return new Map([...jumps].map(([label, paths]) => [label, finish(paths).next]));
}
