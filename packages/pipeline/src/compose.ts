import { PipelineError } from "./errors.ts";
import { isThenable, link, watchCore } from "./link.ts";
import { notAwaited } from "./not-awaited.ts";
import type { ErasedStep, Run } from "./run.ts";
import { toPromise } from "./to-promise.ts";
import type { Attribution, Chain, Core, Steps } from "./types.ts";

/**
 * Composes steps into one function, by Koa's contract: they run in order, each may act before and after
 * `await next()`, change the result, or return early; the core runs innermost. What is thrown, even
 * synchronously, becomes a rejection. A chain is itself a step and a core, so chains nest.
 *
 * @returns A function of the context and the core, which resolves to what the outermost step returned.
 * @throws PipelineError `INVALID_STEPS` at once when the argument is no array, or holds something that is
 * neither a function nor a `StepDefinition`. A run rejects with `NEXT_CALLED_MULTIPLE_TIMES` when a step calls
 * `next()` again (a repeatable one: before the previous call settled), with `NEXT_CALLED_LATE` when a step
 * first calls it after the chain settled, with `NEXT_NOT_AWAITED` when the chain resolves while its core is
 * running, and with `INVALID_RESULT` when a step returns what `attribution` does not accept. Each names the step to
 * blame.
 *
 * @example
 * ```ts
 * import { compose } from "@x/pipeline";
 *
 * const run = compose<{ user?: string }, string>([
 *   async function shout(context, next) {
 *     return (await next()).toUpperCase();
 *   },
 *   function auth(context, next) {
 *     return context.user ? next() : "who are you?";
 *   },
 * ]);
 * console.log(await run({ user: "Ada" }, ({ user }) => `hello ${user}`)); // HELLO ADA
 * ```
 */
export function compose<Context, Result>(
  steps: Steps<Context, Result>,
  attribution?: Attribution,
): Chain<Context, Result> {
  const definitions = toDefinitions(steps);
  const blame = (run: Run, thrown?: { error: unknown }) =>
    attribution!.blame(attribution!, definitions, run as never, thrown);
  const first = link(definitions);

  const chain = (context: unknown, core?: Core<unknown, unknown>) => {
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
        return attribution && !attribution.accepts(result) ? blame(run) : toPromise(result);
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
  return chain as Chain<Context, Result>;
}

const noSteps = () => [];

function toDefinitions(steps: unknown): ErasedStep[] {
  if (!Array.isArray(steps)) throw new PipelineError("INVALID_STEPS", "compose() takes an array of steps");
  return steps.flat(Infinity).map((step, position) => {
    const definition: ErasedStep = typeof step === "function" ? { name: step.name, run: step } : step;
    if (typeof definition?.run !== "function")
      throw new PipelineError("INVALID_STEPS", `step ${position + 1} of compose() is no function`);
    return definition;
  });
}
