import { BLOCK_SIZE, linkBlock } from "./link-block.ts";
import { misuse } from "./misuse.ts";
import type { ErasedStep, Link, NextCall, Run } from "./run.ts";
import { toPromise } from "./to-promise.ts";

/** Links the steps from `position` on to each other and to the core, once for all runs. */
export function link(steps: readonly ErasedStep[], position = 0): Link {
  const step = steps[position];
  if (!step) return runCore;
  let end = position + 1;
  if (step.repeatable) return linkRepeatable(step, position, link(steps, end));
  while (end < position + BLOCK_SIZE && steps[end] && !steps[end]!.repeatable) end += 1;
  return linkBlock(steps.slice(position, end), position, link(steps, end));
}

/** Links a step that may run the rest again: every attempt enters the rest anew and so has new guards there. */
function linkRepeatable(step: ErasedStep, position: number, rest: Link): Link {
  const start = step.run;
  return (context, run) => {
    let attempting = false;
    let latest: Promise<unknown> | undefined;
    const outer = run.report;
    // By a name first, for the reason that `linkBlock` gives.
    const report = () => [...(outer(run) as NextCall[]), [position, latest]];
    run.report = report;
    const attempt = async () => {
      if (attempting || run.settled) return misuse(step, position, attempting);
      attempting = true;
      try {
        latest = toPromise(rest(context, run));
      } catch (error) {
        // A tick later than it was thrown: two calls at once are refused whatever becomes of the first.
        latest = Promise.reject(error);
      }
      try {
        return await latest;
      } finally {
        attempting = false;
      }
    };
    return start(context, attempt);
  };
}

/** The innermost link. As in Koa, the core is given a `next` too, which ends in `undefined`. */
function runCore(context: unknown, run: Run): unknown {
  // Called on its own, so that the run is not its `this`.
  const { core } = run;
  const result = core?.(context, endOfChain);
  if (!isThenable(result)) return result;
  run.corePromise = toPromise(result);
  if (run.watched) watchCore(run);
  return run.corePromise;
}

const endOfChain = () => Promise.resolve(undefined);

/** Counts the core as running until it settles. */
export function watchCore(run: Run): void {
  const done = () => {
    run.running -= 1;
  };
  run.running += 1;
  run.corePromise!.then(done, done);
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}
