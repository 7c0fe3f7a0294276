import { ServerError } from "@x/server";
import type { Job } from "../job/job.ts";
import { ProgressReporter } from "../progress/progress-reporter.ts";
import type { SqlRunner } from "../types.ts";
import type { Attempt } from "./attempt.ts";
import type { WorkerContext } from "./worker-context.ts";

/** Runs plugins and handler. It rejects as soon as the attempt is lost or out of time, whatever the handler does. */
export async function runHandler(
  { db, progress, tracing, logger }: WorkerContext,
  job: Job,
  attempt: Attempt,
  tx?: SqlRunner,
): Promise<unknown> {
  const { id, queue, event, envelope, signal, timeoutMs } = attempt;
  let reporter: ProgressReporter | undefined;
  const input = {
    event,
    // Time is up when the signal says so; a deadline beside it would be a second signal for each job.
    context: { requestId: id },
    signal,
    attempt: event.attempt,
    progress(value: unknown) {
      reporter ??= new ProgressReporter(db, progress, { id, queue }, logger);
      reporter.report(value);
    },
    tx,
  };
  const timer = setTimeout(() => attempt.abort(toTimeout(attempt)), timeoutMs);
  try {
    return await Promise.race([
      tracing.run(queue, envelope.trace, () => job.invoke(input)),
      whenAborted(signal),
    ]);
  } finally {
    clearTimeout(timer);
    // Written before the end of the job is, so that who follows it sees the last report.
    await reporter?.end();
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    // Whoever aborts an attempt gives an error of ours as the reason.
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    if (signal.aborted) reject(signal.reason as Error);
  });
}

function toTimeout({ id, timeoutMs, event: { queue } }: Attempt): ServerError {
  return new ServerError(
    "JOB_TIMEOUT",
    `job ${id} of "${queue}" took longer than ${timeoutMs / 1_000} s: make it stop at its signal, or give it more timeoutSeconds`,
  );
}
