import type { BenchContext } from "./bench-context.ts";
import type { ComposeCase } from "./compose-case.ts";
import type { BenchCore, BenchStep, StepForm } from "./make-steps.ts";

/** A chain as every candidate's adapter gives it. */
export type BenchChain = (context: BenchContext, core: BenchCore) => unknown;

/** An adapter: the least that gives a library the same chains to run as the others. */
export interface ComposeCandidate {
  readonly name: string;
  readonly form: StepForm;
  /** What a table must say beside the figures. */
  readonly note?: string;
  /** Why it has no part in a case; `undefined` where it has one. */
  leavesOut(composeCase: ComposeCase): string | undefined;
  /** Makes a chain. A candidate that cannot take the core with each run takes it here. */
  compose(steps: BenchStep[], core: BenchCore): BenchChain;
  /** Where a run leaves its value. Asked only by checks, never in a measured loop. */
  valueOf(settled: unknown, context: BenchContext): unknown;
}
