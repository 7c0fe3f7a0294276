import type { Core, StepDefinition } from "./types.ts";

/** A step as the engine sees it, whatever its context and result. */
export type ErasedStep = StepDefinition<unknown, unknown>;

/** Some neighbouring steps, linked to what follows them. Throws what its first step throws. */
export type Link = (context: unknown, run: Run) => unknown;

/** One call of `next()`: the position of the step that made it, and what it got; `undefined` before the call. */
export type NextCall = readonly [position: number, promise: Promise<unknown> | undefined];

/** What the links of one run share. */
export interface Run {
  readonly core: Core<unknown, unknown> | undefined;
  /** The latest promise of the core; `undefined` before it starts, and when it answers synchronously. */
  corePromise: Promise<unknown> | undefined;
  /** Whether the caller has the chain's promise, so that a core that starts from now on must be watched. */
  watched: boolean;
  /** How many watched cores have not settled: with a repeatable step, a mistake can make it more than one. */
  running: number;
  /** Whether the chain has settled. From then on no `next()` starts anything. */
  settled: boolean;
  /**
   * Given the run itself, answers with the `NextCall` of every step, outermost first. It is the first `next` of the
   * latest block: the branch in which its guard fails is the one place that is free for every other run.
   */
  report: (asker: Run) => unknown;
}
