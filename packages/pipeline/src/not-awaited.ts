import { PipelineError } from "./errors.ts";
import { describeStep } from "./misuse.ts";
import type { ErasedStep, Returned, Run } from "./run.ts";

/** Rejects with the name of the step that settled while what it had called was still running. */
export async function notAwaited(steps: readonly ErasedStep[], run: Run): Promise<never> {
  const returned = run.report(run) as Returned[];
  const pending = await Promise.all(returned.map(([, value]) => isPending(value)));
  // The outermost pending step was called by the culprit; where no step is pending, it is the core that is.
  const position = (returned[pending.indexOf(true)]?.[0] ?? steps.length) - 1;
  const culprit = steps[position]!;
  throw new PipelineError("NEXT_NOT_AWAITED", `next() not awaited by ${describeStep(culprit, position)}`, [
    culprit.name,
  ]);
}

const PENDING = {};

/** A settled promise wins the race because its reaction is queued first. */
const isPending = (value: unknown): Promise<boolean> =>
  Promise.race([value, PENDING]).then(
    (first) => first === PENDING,
    () => false,
  );
