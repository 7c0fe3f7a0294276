import { ServerError } from "@x/server";
import { giveUp, type JobFields } from "../job/job-fields.ts";
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
  const { id, queue, event, envelope, timeoutMs } = attempt;
  let reporter: ProgressReporter | undefined;
  const fields: JobFields & { readonly tx: SqlRunner | undefined } = {
    job: event,
    attempt: event.attempt,
    progress(value) {
      reporter ??= new ProgressReporter(db, progress, { id, queue }, logger);
      reporter.report(value);
    },
    giveUp,
    tx,
  };
  const run = async (): Promise<unknown> => {
    const mounted = await job.toMounted();
    // Time is up when the signal says so; a deadline beside it would be a second signal for each job.
    const data = mounted.toData(event, id, () => attempt.signal);
    return mounted.run(Object.assign(data, fields));
  };
  const timer = setTimeout(() => attempt.abort(toTimeout(attempt)), timeoutMs);
  try {
    return await attempt.until(() => tracing.run(queue, envelope.trace, run));
  } finally {
    clearTimeout(timer);
    // Written before the end of the job is, so that who follows it sees the last report.
    await reporter?.end();
  }
}

function toTimeout({ id, timeoutMs, event: { queue } }: Attempt): ServerError {
  return new ServerError(
    "JOB_TIMEOUT",
    `job ${id} of "${queue}" took longer than ${timeoutMs / 1_000} s: make it stop at its signal, or give it more timeoutSeconds`,
  );
}
