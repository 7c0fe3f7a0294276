import { isDeepStrictEqual } from "node:util";
import { BenchContext } from "./bench-context.ts";
import { candidatesOf } from "./candidates.ts";
import { handNested } from "./candidates/hand-nested.ts";
import type { ComposeCandidate } from "./compose-candidate.ts";
import { type ComposeCase, composeCases } from "./compose-case.ts";
import { makeCore, makeSteps } from "./make-steps.ts";

interface Outcome {
  readonly trace: readonly string[];
  readonly value: unknown;
}

/**
 * Runs traced chains of every case through every candidate and compares order and value with hand-nested closures.
 *
 * @returns A sentence that says what was found equal. Throws at the first difference.
 */
export async function checkCandidates(): Promise<string> {
  const cases = composeCases.filter(({ chains }) => chains === 1);
  await Promise.all(cases.map(checkCase));
  const alike = cases.flatMap(candidatesOf).filter(({ form }) => form === "next");
  const names = [...new Set(alike.map(({ name }) => name))].join(", ");
  return `Checked: ${names} give the same trace and value in ${cases.length} kinds of chains.`;
}

async function checkCase(composeCase: ComposeCase): Promise<void> {
  const { trace, value } = await traceRun(handNested, composeCase);
  const check = async (candidate: ComposeCandidate) => {
    const outcome = await traceRun(candidate, composeCase);
    // Hooks have no way out: they are asked to run in the same order, before the core.
    const order = candidate.form === "hook" ? trace.filter((entry) => !entry.startsWith("out")) : trace;
    if (!isDeepStrictEqual(outcome, { trace: order, value }))
      throw new Error(`${candidate.name} differs in "${composeCase.title}": ${JSON.stringify(outcome)}`);
  };
  await Promise.all(candidatesOf(composeCase).map(check));
}

async function traceRun(candidate: ComposeCandidate, composeCase: ComposeCase): Promise<Outcome> {
  const context = new BenchContext();
  const core = makeCore(true);
  const chain = candidate.compose(makeSteps(composeCase, candidate.form, true), core);
  const settled = await chain(context, core);
  return { trace: context.trace, value: candidate.valueOf(settled, context) };
}
