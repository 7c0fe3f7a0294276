/** What a candidate tells about itself and the cases that it has no part in. */
export interface Explained<Case> {
  readonly name: string;
  readonly note?: string | undefined;
  leavesOut(measured: Case): string | undefined;
}

/**
 * Why some cells of a table are empty, and what else a reader must know of a candidate, as a list. Candidates of one
 * name share a column: what one of them has a part in is no gap.
 */
export function describeGaps<Case>(candidates: readonly Explained<Case>[], cases: readonly Case[]): string {
  const names = [...new Set(candidates.map(({ name }) => name))];
  const lines = names.map((name) => {
    const ofName = candidates.filter((candidate) => candidate.name === name);
    const reasonsFor = (measured: Case) => ofName.map((candidate) => candidate.leavesOut(measured));
    const gaps = cases.map(reasonsFor).filter((reasons) => !reasons.includes(undefined));
    const facts = new Set([...ofName.map(({ note }) => note), ...gaps.flat()].filter((fact) => fact));
    return facts.size ? `- ${name}: ${[...facts].join("; ")}.` : "";
  });
  return lines.filter(Boolean).join("\n");
}
