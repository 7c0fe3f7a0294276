import ts from "typescript";
import { ExpressionFlow } from "./expression-flow.ts";
import { findUnawaited } from "./find-unawaited.ts";
import { type HookFunction, HookScope } from "./hook-scope.ts";
import { type PathState, START } from "./path-state.ts";
import { StatementFlow } from "./statement-flow.ts";

/** The hooks that get a `next`. */
export type HookName = "onMount" | "onInvoke";

/** A way in which a hook treats `next` wrongly, or may. */
export interface NextFault {
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  /** Where it is. */
  readonly node: ts.Node;
}

/**
 * Follows every way through a hook and tells those on which `next()` is called twice or not at all, and calls whose
 * end nobody waits for. A way that answers early, by a throw or by a response of its own, needs no `next()`.
 *
 * What runs `next` for the hook, such as a transaction that is given a callback, is taken to run it once. What rests
 * on a guess is a warning.
 */
export function checkNext(hook: HookFunction, name: HookName, checker: ts.TypeChecker): readonly NextFault[] {
  if (!hook.body) return [];
  const scope = new HookScope(hook, checker);
  const expressions: ExpressionFlow = new ExpressionFlow(scope, (called, paths) =>
    called.body ? statements.body(called.body, paths) : paths,
  );
  const statements = new StatementFlow(expressions, (statement) => isExhaustive(statement, checker));
  const { result: ends } = expressions.catching(() => statements.body(hook.body!, [START]));
  const skipping = ends.filter(({ calls }) => calls.length === 0);
  const seconds = [...expressions.secondCalls.values()].map(({ call, first, certain }): NextFault => ({
    severity: certain ? "error" : "warning",
    message:
      call === first
        ? "next() is called here more than once, and the second call rejects"
        : `next() is called a second time, after line ${lineOf(first)}, and rejects`,
    node: call,
  }));
  const lates = findUnawaited(scope).map((node): NextFault => ({
    severity: "warning",
    message: "nobody awaits next() here: await or return it",
    node,
  }));
  return [...toSkipFaults(skipping, hook, name), ...seconds, ...lates];
}

/** One fault for each place where ways end that have not called `next()`. */
function toSkipFaults(skipping: readonly PathState[], hook: HookFunction, name: HookName): NextFault[] {
  return [...new Set(skipping.map(({ exit }) => exit))].flatMap((exit): NextFault[] => {
    const paths = skipping.filter((path) => path.exit === exit);
    const unanswered = name === "onMount" ? paths : paths.filter(({ answered }) => !answered);
    if (unanswered.length === 0) return [];
    const node = exit ?? hook.name ?? hook;
    const where = exit && !ts.isExpression(exit) ? "returns here without" : "can end without";
    if (name === "onMount") {
      const certain = unanswered.some(({ guessed }) => !guessed);
      const message = `onMount ${where} next(): what follows is not mounted`;
      return [{ severity: certain ? "error" : "warning", message, node }];
    }
    const silent = unanswered.filter(({ mayHaveAnswered }) => !mayHaveAnswered);
    if (silent.length === 0) {
      const message = `onInvoke ${where} next(): right only if what it gave data to has answered`;
      return [{ severity: "info", message, node }];
    }
    const certain = silent.some(({ guessed }) => !guessed);
    const message = `onInvoke ${where} next(), a throw or a response`;
    return [{ severity: certain ? "error" : "warning", message, node }];
  });
}

/** Whether the cases name every value that the type allows. */
function isExhaustive({ expression, caseBlock }: ts.SwitchStatement, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(expression);
  if (!type.isUnion() || !type.types.every((member) => member.isLiteral())) return false;
  return caseBlock.clauses.length >= type.types.length;
}

function lineOf(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
}
