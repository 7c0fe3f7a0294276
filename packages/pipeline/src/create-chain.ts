import { PipelineError } from "./errors.ts";
import { isThenable, link, watchCore } from "./link.ts";
import { notAwaited } from "./not-awaited.ts";
import type { ErasedStep, Run } from "./run.ts";
import { toPromise } from "./to-promise.ts";
import type { Attribution, Core } from "./types.ts";

/** Makes the function that runs a chain. An eager one gives what it has at once as it is, any other always a promise. */
export function createChain(steps: unknown, attribution: Attribution | undefined, eager?: boolean): unknown {
  const definitions = toDefinitions(steps);
  const blame = (run: Run, thrown?: { error: unknown }) =>
    attribution!.blame(attribution!, definitions, run as never, thrown);
  const first = link(definitions);

  return (context: unknown, core?: Core<unknown, unknown>) => {
    const run: Run = {
      core,
      corePromise: undefined,
      watched: false,
      running: 0,
      settled: false,
      report: noSteps,
    };
    let result: unknown;
    try {
      result = first(context, run);
      // Every step passed the core's own promise on, or the first one answered at once and the core never ran.
      // Where a failure is attributed, what the core's promise brings must be seen first.
      if (run.corePromise ? result === run.corePromise && !attribution : !isThenable(result)) {
        run.settled = true;
        if (attribution && !attribution.accepts(result)) return blame(run);
        return eager ? result : toPromise(result);
      }
    } catch (error) {
      result = Promise.reject(error);
    }
    run.watched = true;
    if (run.corePromise) watchCore(run);
    return toPromise(result).then(
      (value) => {
        run.settled = true;
        if (run.running) return notAwaited(definitions, run, attribution, value);
        return attribution && !attribution.accepts(value) ? blame(run) : value;
      },
      (error) => {
        run.settled = true;
        if (attribution) return blame(run, { error });
        throw error;
      },
    );
  };
}

const noSteps = () => [];

function toDefinitions(steps: unknown): ErasedStep[] {
  if (!Array.isArray(steps)) throw new PipelineError("INVALID_STEPS", "the steps are no array");
  return steps.flat(Infinity).map((step, position) => {
    const definition: ErasedStep = typeof step === "function" ? { name: step.name, run: step } : step;
    if (typeof definition?.run !== "function")
      throw new PipelineError("INVALID_STEPS", `step ${position + 1} is no function`);
    return definition;
  });
}
