/** Options of `jobs.work`. */
export interface WorkOptions {
  /** The queues to work on. Default: all. */
  readonly queues?: readonly string[] | undefined;
  /** How many handlers run at a time, all queues together. Default: no limit but those of the jobs. */
  readonly concurrency?: number | undefined;
  /** How often an idle worker looks for what is due, in milliseconds. At least 50. Default: 250. */
  readonly pollIntervalMs?: number | undefined;
  /** Whose sections of `faas.yaml` count beside `defaults`. Default: the stage that `createJobs` was given. */
  readonly stage?: string | undefined;
  /** Whether this worker enqueues what schedules are due. Any number of workers may. Default: `true`. */
  readonly schedules?: boolean | undefined;
}

/** Options of `worker.stop`. */
export interface StopOptions {
  /** How long running handlers may go on. Then their signals abort, and their jobs are handed back. Default: 10,000. */
  readonly graceMs?: number | undefined;
}

/** Runs jobs until it is stopped. */
export interface Worker extends AsyncDisposable {
  /** How many handlers run. */
  readonly running: number;
  /** Takes nothing more, waits for what runs, and hands back what does not end in time. */
  stop(options?: StopOptions): Promise<void>;
}
