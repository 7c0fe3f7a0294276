import { ServerError } from "@x/server";
import type { Backend } from "../backend.ts";
import { createBoss, stopBoss } from "../database/boss.ts";
import { listenForJobs } from "../database/job-listener.ts";
import { JobTable } from "../database/job-table.ts";
import type { LoadedJob } from "../load/load-jobs.ts";
import { ProgressTable } from "../progress/progress-table.ts";
import { JobWorker } from "./job-worker.ts";
import type { WorkOptions } from "./worker-options.ts";

/** Mounts the jobs, and makes a worker for them that is not started yet. */
export async function openWorker(
  backend: Backend,
  options: WorkOptions,
  onStopped: (worker: JobWorker) => void,
): Promise<JobWorker> {
  checkWorkOptions(options);
  const { db, schema, listen, tracing, logger } = backend;
  const mounted = backend.toMounted(options.stage);
  const loaded = choose(backend, options.queues);
  await mounted.acquire(loaded);
  // One that looks after leases and what is kept, beside the one that enqueues.
  const boss = await createBoss({ db, schema, migrate: false, supervise: true, logger });
  await boss.start();
  const table = new JobTable(schema);
  const progress = new ProgressTable(schema);
  const context = { db, boss, table, progress, tracing, logger };
  const jobs = loaded.map(({ job }) => job);
  const worker: JobWorker = new JobWorker(context, schema, jobs, options, async () => {
    onStopped(worker);
    await endListening?.();
    await stopBoss(boss);
    await mounted.release(loaded);
  });
  const endListening =
    listen === undefined
      ? undefined
      : await listenForJobs({ url: listen, schema, logger, onDue: (queue) => worker.wake(queue) });
  return worker;
}

function choose({ jobs }: Backend, queues: readonly string[] | undefined): LoadedJob[] {
  const unknown = queues?.find((queue) => !jobs.has(queue));
  if (unknown !== undefined)
    throw new ServerError(
      "INVALID_JOBS",
      `a worker is to take "${unknown}", which is the queue of no job here`,
    );
  return [...jobs.values()].filter(({ job }) => queues?.includes(job.queue) ?? true);
}

function checkWorkOptions({ concurrency, pollIntervalMs }: WorkOptions): void {
  if (concurrency !== undefined && !(Number.isSafeInteger(concurrency) && concurrency >= 1))
    throw new ServerError(
      "INVALID_JOBS",
      `a worker's concurrency is a whole number from 1 on, not ${concurrency}`,
    );
  if (pollIntervalMs !== undefined && !(pollIntervalMs >= 50))
    throw new ServerError("INVALID_JOBS", `a worker's pollIntervalMs is 50 or more, not ${pollIntervalMs}`);
}
