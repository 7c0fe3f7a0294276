import { join } from "node:path";
import type ts from "typescript";
import { createProgram, toText } from "./create-program.ts";
import type { Example } from "./to-examples.ts";

/** "Cannot find module", in TypeScript's variants of it. */
const MISSING_MODULE = new Set([2307, 2792, 2882, 7016]);
const MISSING_MODULE_HINT = " (It must be built, and a development dependency of the package `tests`.)";
/** These, and "Cannot find name": that an incomplete example does not compile shows nothing. */
const INCOMPLETE = new Set([...MISSING_MODULE, 2304, 2552]);

/**
 * What is wrong with an example, a line each: `file:line` and TypeScript's message. Nothing when all is well.
 *
 * Each example has a program of its own, since an augmentation, also one that an import brings, reaches every
 * module of its program. With the declarations parsed once, another program costs about 20 ms.
 */
export function compileExample(example: Example): string[] {
  const { fence, lines, expectsError, faults } = example;
  const problems = findProblems(example);
  const reported = expectsError ? problems.filter(({ meaningful }) => !meaningful) : problems;
  const found = [...faults, ...reported.map(({ line, text }) => `${fence.file}:${lines[line]} ${text}`)];
  const shown = problems.some(({ line }) => lines[line]! > fence.line);
  if (expectsError && !shown)
    found.push(`${fence.file}:${fence.line} compiles, although it says expect-error`);
  return found;
}

interface Problem {
  /** In the example's code, from 0. */
  readonly line: number;
  readonly text: string;
  /** Whether it can be what an `expect-error` example means to show. */
  readonly meaningful: boolean;
}

function findProblems({ code, jsx }: Example): Problem[] {
  // Packages resolve from this folder, that is through the dependencies of this package.
  const path = join(import.meta.dirname, jsx ? "in-memory.tsx" : "in-memory.ts");
  const program = createProgram([], new Map([[path, code]]));
  const module = program.getSourceFile(path)!;
  const toProblem = (diagnostic: ts.Diagnostic, meaningful: boolean): Problem => ({
    line: module.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line,
    text: toText(diagnostic) + (MISSING_MODULE.has(diagnostic.code) ? MISSING_MODULE_HINT : ""),
    meaningful,
  });
  return [
    ...program.getSyntacticDiagnostics(module).map((syntax) => toProblem(syntax, false)),
    ...program.getSemanticDiagnostics(module).map((type) => toProblem(type, !INCOMPLETE.has(type.code))),
  ];
}
