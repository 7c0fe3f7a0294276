import { makeFunction } from "../harness/make-function.ts";
import type { BenchContext } from "./bench-context.ts";
import type { ComposeCase } from "./compose-case.ts";

/** A step in the convention of `next`; one for hooks ignores it. */
export type BenchStep = (context: BenchContext, next: () => Promise<unknown>) => unknown;

/** What runs innermost. */
export type BenchCore = (context: BenchContext) => Promise<unknown>;

/** How steps are called: with `next`, or one after the other as hooks. */
export type StepForm = "next" | "hook";

/** The steps of one chain of a case. With `trace` they tell what ran in which order, for checks. */
export function makeSteps(composeCase: ComposeCase, form: StepForm, trace = false): BenchStep[] {
  return Array.from({ length: composeCase.length }, (_, position) => {
    const note = (what: string) => (trace ? `context.trace.push("${what} ${position}");` : "");
    const body =
      form === "hook"
        ? note("in")
        : composeCase.early && position === 0
          ? `${note("in")} return context.value;`
          : trace && composeCase.kind === "async"
            ? `${note("in")} const value = await next(); ${note("out")} return value;`
            : `${note("in")} return ${composeCase.kind === "async" ? "await " : ""}next();`;
    const keyword = composeCase.kind === "async" ? "async " : "";
    // Correct by construction: the source above is a function of these parameters.
    return makeFunction(`${keyword}(context, next) => { context.n++; ${body} }`) as BenchStep;
  });
}

/** The core of one chain: asynchronous, as a transport or a handler is. */
export function makeCore(trace = false): BenchCore {
  const note = trace ? `context.trace.push("core");` : "";
  // Correct by construction: the source is a function of this parameter.
  return makeFunction(`async (context) => { ${note} return context.value; }`) as BenchCore;
}
