import { compose, observeSteps, type StepObserver } from "@x/pipeline";
import type { BenchContext } from "../bench-context.ts";
import type { ComposeCandidate } from "../compose-candidate.ts";
import { pipeline } from "./pipeline.ts";

/**
 * Ours with an observer that is told of each step's start and end and only counts them. It shares ours' column: it
 * has cases of its own, because beside it in one process ours would not be the only chain any more.
 */
export const pipelineObserved: ComposeCandidate = {
  name: pipeline.name,
  form: "next",
  leavesOut: ({ observed }) => (observed ? undefined : "takes part without an observer"),
  compose: (steps) => compose(observeSteps<BenchContext, unknown>(steps, countingObserver())),
  valueOf: (settled) => settled,
};

function countingObserver(): StepObserver<BenchContext> & { events: number } {
  return {
    events: 0,
    onStepStart() {
      this.events += 1;
    },
    onStepEnd() {
      this.events += 1;
    },
  };
}
