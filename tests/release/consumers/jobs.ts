// What a user of @x/jobs writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import {
  type AnyPayload,
  createJobs,
  defineJob,
  type EnqueuedJob,
  type EnqueueOptions,
  Job,
  type JobData,
  type JobDatabase,
  type JobErrorCode,
  type JobEvent,
  type JobFilter,
  type JobProgress,
  type JobProgressOptions,
  jobProgress,
  type JobRecord,
  type Jobs,
  type JobsOptions,
  type MissedPolicy,
  type ScheduleOptions,
  type StopOptions,
  type Worker,
  type WorkOptions,
} from "@x/jobs";
import { createApp, isServerError } from "@x/server";
import { silentLogger } from "@x/server/testing";

// Defined and run by hand, as a test does.
const missed: MissedPolicy = "latest";
const cron: ScheduleOptions<AnyPayload> = { pattern: "30 2 * * *", timeZone: "Europe/Vienna", missed };
const double = defineJob({
  queue: "double",
  version: 2,
  upgrade: { 1: (payload: { text: string }) => ({ n: Number(payload.text) }) },
  cron,
  retries: 1,
  handler({ params, attempt, progress }: JobData<AnyPayload>) {
    progress(1);
    return [Number(params["n"]) * 2, attempt];
  },
});
assert.ok(double instanceof Job);
const event: Partial<JobEvent> = { payload: { text: "4" }, version: 1, attempt: 2 };
assert.deepEqual(await double.invoke({ event }), [8, 2]);
assert.deepEqual(
  double.schedule?.next(2, new Date("2026-03-28T12:00Z")).map((slot) => slot.toISOString()),
  ["2026-03-29T01:00:00.000Z", "2026-03-30T00:30:00.000Z"],
);
const invalid: JobErrorCode = "INVALID_JOB";
assert.throws(
  () => defineJob({ queue: "two words", handler: () => {} }),
  (error) => isServerError(error) && error.code === invalid,
);

// What needs a database, against one that nobody is behind.
const nobody = () => Promise.reject(new Error("nobody is there"));
const db: JobDatabase = {
  executeQuery: nobody,
  connection: () => ({ execute: nobody }),
  transaction: () => ({ execute: nobody }),
};
const options: JobsOptions = { db, jobs: [double], logger: silentLogger };
const jobs: Jobs = createJobs(options);
assert.deepEqual(
  (await jobs.all()).map(({ queue }) => queue),
  ["double"],
);
const unavailable: JobErrorCode = "JOBS_UNAVAILABLE";
await assert.rejects(jobs.enqueue(double, { n: 1 }, { key: "once" }), { code: unavailable });

const progressOptions: JobProgressOptions = {
  authorize: (job: JobRecord) => job.state !== "failed",
  intervalMs: 50,
};
const app = createApp({ routes: { progress: jobProgress(jobs, progressOptions) }, logger: silentLogger });
assert.equal((await app.fetch(new Request("http://localhost/progress"))).status, 404);
await app.close();
await jobs.close();

export async function work(
  all: Jobs,
  workOptions: WorkOptions,
  stop: StopOptions,
  filter: JobFilter,
  enqueue: EnqueueOptions,
) {
  const worker: Worker = await all.work(workOptions);
  const enqueued: EnqueuedJob = await all.enqueue(double, { n: 1 }, enqueue);
  const [first] = await all.list(filter);
  await worker.stop(stop);
  const told: JobProgress = { state: "waiting", attempts: 0, progress: null };
  return [enqueued.isNew, first?.progress, told];
}

// @ts-expect-error a schedule has a pattern
assert.throws(() => defineJob({ queue: "double", cron: { timeZone: "UTC" }, handler: () => {} }));
