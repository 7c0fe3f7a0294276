import { PipelineError } from "./errors.ts";
import type { StepIdentity } from "./types.ts";

/** How errors name a step: what it is called, or its position where it has no name, and which hook it is. */
export function describeStep(step: StepIdentity, position: number): string {
  return `${step.name || `step ${position + 1}`}${step.hook ? ` (${step.hook})` : ""}`;
}

/** Rejects a `next()` that came again, or that first came when the chain had settled. */
export function misuse(step: StepIdentity, position: number, again: boolean): Promise<never> {
  const who = describeStep(step, position);
  return Promise.reject(
    again
      ? new PipelineError(
          "NEXT_CALLED_MULTIPLE_TIMES",
          `next() called multiple times by ${who}: call it once`,
          [step.name],
        )
      : new PipelineError("NEXT_CALLED_LATE", `next() called late by ${who}: the chain has settled`, [
          step.name,
        ]),
  );
}
