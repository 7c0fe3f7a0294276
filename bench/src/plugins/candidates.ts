import { KEYS } from "../client/client-case.ts";
import { createReads, takeTurns } from "../client/create-reads.ts";
import type { Candidate } from "../harness/candidate.ts";
import { costCases, WITH, WITHOUT } from "./cost-case.ts";
import { createPathBench } from "./path-bench.ts";
import type { PluginPath } from "./plugin-cost.ts";
import { stackCandidates, stackCases } from "./stack.ts";

/** Makes what a worker process measures. */
export async function createCandidates(caseId: string): Promise<Candidate[]> {
  const created = create(caseId);
  // Every key is known before the first measured run.
  await Promise.all(created.map(({ batch, maxRuns = KEYS }) => batch(maxRuns)));
  return created;
}

function create(caseId: string): Candidate[] {
  const costCase = costCases.find(({ id }) => id === caseId);
  if (costCase) return [createSide(costCase.path, WITHOUT), createSide(costCase.path, WITH)];
  const readCase = stackCases.find(({ id }) => id === caseId);
  if (!readCase) throw new Error(`there is no case "${caseId}"`);
  return stackCandidates
    .filter((candidate) => candidate.leavesOut(readCase) === undefined)
    .map((candidate) => createReads(candidate, readCase));
}

function createSide(path: PluginPath, name: string): Candidate {
  const { run } = path.open(createPathBench({ withPlugin: name === WITH }));
  return { name, batch: takeTurns(run) };
}
