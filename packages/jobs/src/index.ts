export { createJobs } from "./create-jobs.ts";
export type { JobErrorCode } from "./errors.ts";
export type { JobFilter } from "./inspect/job-inspector.ts";
export { defineJob } from "./job/define-job.ts";
export { Job } from "./job/job.ts";
export type { JobLimits } from "./job/job-limits.ts";
export type { AnyPayload, DeadLetter, JobOptions, ParamsOf, PayloadOf } from "./job/job-options.ts";
export type { UpgradePayload, Versions } from "./job/versions.ts";
export type { EnqueueArguments, Jobs } from "./jobs.ts";
export type { JobsOptions } from "./jobs-options.ts";
export { type JobProgress, jobProgress, type JobProgressOptions } from "./progress/job-progress.ts";
export type { MissedPolicy, Schedule, ScheduleOptions } from "./schedule/schedule.ts";
export type {
  EnqueueAllOptions,
  EnqueuedJob,
  EnqueueOptions,
  GiveUp,
  JobData,
  JobDatabase,
  JobEvent,
  JobRecord,
  JobReference,
  JobState,
  JobTables,
  JobTransaction,
  ReportProgress,
  SqlRunner,
} from "./types.ts";
export type { StopOptions, Worker, WorkOptions } from "./worker/worker-options.ts";
