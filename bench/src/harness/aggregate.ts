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

/**
 * What a candidate costs beyond a floor that both need, over what a base costs beyond it: medians as in `timeRatio`.
 */
export function overheadRatio(result: CaseResult, name: string, base: string, floor: string): Spread {
  return spread(
    result.map((measured) => {
      const floorRounds = measured[floor]!.rounds;
      const baseRounds = measured[base]!.rounds;
      const beyond = (time: number, round: number) => time - floorRounds[round]!;
      return median(
        measured[name]!.rounds.map((time, round) => beyond(time, round) / beyond(baseRounds[round]!, round)),
      );
    }),
  );
}

/** CPU nanoseconds per run beyond a floor, compared within each round. */
export function overhead(result: CaseResult, name: string, floor: string): Spread {
  return spread(
    result.map((measured) => {
      const floorRounds = measured[floor]!.rounds;
      return median(measured[name]!.rounds.map((time, round) => time - floorRounds[round]!));
    }),
  );
}

/** Heap bytes per run of a candidate over the processes. `NaN` where they were not counted. */
export function bytes(result: CaseResult, name: string): Spread {
  return spread(result.map((measured) => measured[name]!.bytes ?? NaN));
}
