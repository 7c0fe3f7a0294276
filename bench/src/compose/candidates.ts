// oxlint-disable no-await-in-loop -- the candidates are asked one after the other, as they are measured.
import type { Candidate } from "../harness/candidate.ts";
import { makeFunction } from "../harness/make-function.ts";
import { BenchContext } from "./bench-context.ts";
import { handNested } from "./candidates/hand-nested.ts";
import { honoCompose } from "./candidates/hono-compose.ts";
import { hookable } from "./candidates/hookable.ts";
import { koaCompose } from "./candidates/koa-compose.ts";
import { pipeline } from "./candidates/pipeline.ts";
import { pipelineObserved } from "./candidates/pipeline-observed.ts";
import type { ComposeCandidate } from "./compose-candidate.ts";
import { type ComposeCase, findCase } from "./compose-case.ts";
import { makeCore, makeSteps } from "./make-steps.ts";

/** Every candidate, in the order of the tables' columns. Those of one name share a column and never a case. */
export const composeCandidates: readonly ComposeCandidate[] = [
  handNested,
  pipeline,
  pipelineObserved,
  koaCompose,
  honoCompose,
  hookable,
];

/** The candidates that have a part in a case. */
export function candidatesOf(composeCase: ComposeCase): ComposeCandidate[] {
  return composeCandidates.filter((candidate) => candidate.leavesOut(composeCase) === undefined);
}

/** Makes what a worker process measures: for each candidate its own chains, of its own steps and cores. */
export async function createCandidates(caseId: string): Promise<Candidate[]> {
  const composeCase = findCase(caseId);
  const created = candidatesOf(composeCase).map((candidate) => createCandidate(candidate, composeCase));
  for (const { name, batch, context } of created) {
    await batch(composeCase.chains);
    const expected = composeCase.chains * (composeCase.early ? 1 : composeCase.length);
    if (context.n !== expected) throw new Error(`${name} ran ${context.n} of ${expected} steps in ${caseId}`);
  }
  return created;
}

function createCandidate(
  candidate: ComposeCandidate,
  composeCase: ComposeCase,
): Candidate & { context: BenchContext } {
  const context = new BenchContext();
  const cores = Array.from({ length: composeCase.chains }, () => makeCore());
  const chains = cores.map((core) => candidate.compose(makeSteps(composeCase, candidate.form), core));
  const loop =
    composeCase.chains === 1
      ? `for (let run = 0; run < runs; run++) {
           context.finalized = false;
           await chain(context, core);
         }`
      : `for (let run = 0, turn = 0; run < runs; run++) {
           context.finalized = false;
           await chains[turn](context, cores[turn]);
           if (++turn === chains.length) turn = 0;
         }`;
  const source = `async (runs) => { context.n = 0; ${loop} }`;
  const values = { context, chains, cores, chain: chains[0], core: cores[0] };
  // Correct by construction: the source is a function of this parameter.
  return { name: candidate.name, context, batch: makeFunction(source, values) as Candidate["batch"] };
}
