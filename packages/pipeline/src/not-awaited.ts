import { PipelineError } from "./errors.ts";
import { describeStep } from "./misuse.ts";
import { peekAtCalls } from "./peek-at-calls.ts";
import type { ErasedStep, Run } from "./run.ts";
import type { Attribution } from "./types.ts";

/**
 * Rejects with the name of the step that settled while its `next()` was pending. Resolves to `value` after all when
 * the core had settled as well, and the news of it was only a tick behind.
 */
export async function notAwaited(
  steps: readonly ErasedStep[],
  run: Run,
  attribution: Attribution | undefined,
  value: unknown,
): Promise<unknown> {
  const { calls, outcomes } = await peekAtCalls(run);
  if (run.running === 0) return value;
  // Everything outside the culprit has settled, so the outermost pending call is its own.
  const [position] = calls.find(([, promise], index) => promise && !outcomes[index])!;
  const culprit = steps[position]!;
  const message = `next() not awaited by ${describeStep(culprit, position)}`;
  const error = new PipelineError("NEXT_NOT_AWAITED", message, [culprit.name]);
  throw attribution ? attribution.onThrow(error, culprit) : error;
}
