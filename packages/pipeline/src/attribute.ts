import { PipelineError } from "./errors.ts";
import { describeStep } from "./misuse.ts";
import { peekAtCalls } from "./peek-at-calls.ts";
import type { Run } from "./run.ts";
import type { Attribution, StepIdentity } from "./types.ts";

/** Options of `attribute`. */
export interface AttributeOptions {
  /** Tells results from other values. A run that ends in another value rejects with `INVALID_RESULT`. */
  readonly accepts?: ((value: unknown) => boolean) | undefined;
  /** Gives what a run rejects with instead of the error. `step` is the innermost one that threw it. */
  readonly onThrow?: ((error: unknown, step: StepIdentity) => unknown) | undefined;
}

/**
 * Makes `compose` tell which step a failed run is to be blamed on. Steps pay nothing for it: the search begins when
 * a run has failed. An error of the core is left as it is, for no step threw it.
 *
 * @example
 * ```ts
 * import { attribute, compose } from "@x/pipeline";
 *
 * const run = compose<object, Response>(
 *   [],
 *   attribute({
 *     accepts: (value) => value instanceof Response,
 *     onThrow: (error, step) => new Error(`the plugin ${step.name} failed`, { cause: error }),
 *   }),
 * );
 * ```
 */
export function attribute({
  accepts = () => true,
  onThrow = (error) => error,
}: AttributeOptions): Attribution {
  return { accepts, onThrow, blame: blame as Attribution["blame"] };
}

/** Rejects in the name of the innermost step that threw what the run failed with, or that returned no result. */
async function blame(
  { accepts, onThrow }: Attribution,
  steps: readonly StepIdentity[],
  run: Run,
  thrown?: { readonly error: unknown },
): Promise<never> {
  const { calls, outcomes } = await peekAtCalls(run);
  const invalid = outcomes.findLastIndex((it) => it?.status === "fulfilled" && !accepts(it.value));
  if (thrown && invalid < 0) {
    // From the outside in: a step whose `next()` failed with the same has passed it on.
    let origin = 0;
    calls.forEach(([position], index) => {
      const outcome = outcomes[index];
      if (position === origin && outcome?.status === "rejected" && outcome.reason === thrown.error)
        origin += 1;
    });
    const thrower = steps[origin];
    throw thrower ? onThrow(thrown.error, thrower) : thrown.error;
  }
  const position = invalid < 0 ? 0 : calls[invalid]![0] + 1;
  const step = steps[position];
  if (!step) throw new PipelineError("INVALID_RESULT", "the core returned no result of this chain");
  const message = `${describeStep(step, position)} returned no result of this chain`;
  // Where a step outside tripped over the missing result, what it threw is the cause.
  const cause = thrown && { cause: thrown.error };
  throw onThrow(new PipelineError("INVALID_RESULT", message, [step.name], cause), step);
}
