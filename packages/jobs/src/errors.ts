/** What goes wrong with jobs, stable across releases. The README lists when each happens and how to mend it. */
export type JobErrorCode =
  // Mistakes in a definition or in options, thrown where they are made.
  | "INVALID_JOB"
  | "INVALID_JOBS"
  | "DUPLICATE_QUEUE"
  // Enqueueing.
  | "INVALID_PAYLOAD"
  | "JOBS_CLOSED"
  | "JOBS_UNAVAILABLE"
  // Why an attempt ended.
  | "JOB_TIMEOUT"
  | "JOB_GIVEN_UP"
  | "LEASE_LOST"
  | "WORKER_STOPPED"
  // Looking at jobs.
  | "JOB_NOT_FOUND"
  | "JOB_STATE_CONFLICT";

declare module "@x/server" {
  interface ServerErrorCodeRegistry extends Record<JobErrorCode, true> {}
}
