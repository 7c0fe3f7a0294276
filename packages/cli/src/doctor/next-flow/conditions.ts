import ts from "typescript";
import { strip } from "./hook-scope.ts";
import { assume, type Paths } from "./path-state.ts";

/** Ways on which a condition holds, and ways on which it does not. */
export interface Branches {
  readonly yes: Paths;
  readonly no: Paths;
}

const UNEQUAL = new Set([ts.SyntaxKind.ExclamationEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsToken]);
const EQUAL = new Set([ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.EqualsEqualsToken]);

/** Parts ways by a condition that has no `!`, `&&` or `||` of its own. The same text is the same condition. */
export function partBy(condition: ts.Expression, paths: Paths): Branches {
  if (condition.kind === ts.SyntaxKind.TrueKeyword) return { yes: paths, no: [] };
  if (condition.kind === ts.SyntaxKind.FalseKeyword) return { yes: [], no: paths };
  if (ts.isBinaryExpression(condition)) {
    const { left, right } = condition;
    const operator = condition.operatorToken.kind;
    if (EQUAL.has(operator)) return partByEquality(left, right, paths);
    if (UNEQUAL.has(operator)) {
      const { yes, no } = partByEquality(left, right, paths);
      return { yes: no, no: yes };
    }
  }
  const text = textOf(condition);
  return { yes: assume(paths, text, true), no: assume(paths, text, false) };
}

/** Parts ways by `left === right`. What equals one literal equals no other. */
export function partByEquality(left: ts.Expression, right: ts.Expression, paths: Paths): Branches {
  const prefix = `${textOf(left)} === `;
  const equation = prefix + textOf(right);
  const no = assume(paths, equation, false);
  if (!ts.isLiteralExpression(strip(right))) return { yes: assume(paths, equation, true), no };
  const free = paths.filter(
    ({ assumptions }) =>
      ![...assumptions].some(
        ([known, { holds }]) =>
          holds && known !== equation && known.startsWith(prefix) && endsInLiteral(known),
      ),
  );
  return { yes: assume(free, equation, true), no };
}

/** The text by which two conditions are the same. */
export function textOf(node: ts.Expression): string {
  return strip(node).getText().replaceAll(/\s+/g, " ").replaceAll("?.", ".").replaceAll("'", '"');
}

function endsInLiteral(equation: string): boolean {
  return /=== (?:"[^"]*"|\d+)$/.test(equation);
}
