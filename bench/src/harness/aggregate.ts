import type { CaseResult } from "./measure-cases.ts";
import { median, spread, type Spread } from "./spread.ts";

/**
 * CPU time of a candidate over that of a base: the median over the rounds of one process, in each of which both
 * met the same conditions; then over the processes.
 */
export function timeRatio(result: CaseResult, name: string, base: string): Spread {
  return spread(
    result.map((measured) => {
      const baseRounds = measured[base]!.rounds;
      return median(measured[name]!.rounds.map((time, round) => time / baseRounds[round]!));
    }),
  );
}

/** CPU nanoseconds per run of a candidate: the median of each process, then over the processes. */
export function nanoseconds(result: CaseResult, name: string): Spread {
  return spread(result.map((measured) => median(measured[name]!.rounds)));
}

/** Heap bytes per run of a candidate over the processes. */
export function bytes(result: CaseResult, name: string): Spread {
  return spread(result.map((measured) => measured[name]!.bytes));
}
