import type { Job } from "../job/job.ts";
import { Scheduler } from "../schedule/scheduler.ts";
import { Capacity } from "./capacity.ts";
import { Gate } from "./gate.ts";
import { Lane } from "./lane.ts";
import type { WorkerContext } from "./worker-context.ts";
import type { StopOptions, Worker, WorkOptions } from "./worker-options.ts";

const POLL_INTERVAL_MS = 250;
const GRACE_MS = 10_000;
/** How often is looked for what jobs have reported that are no longer kept. */
const SWEEP_MS = 3_600_000;

/** Runs the jobs of a program. */
export class JobWorker implements Worker {
  readonly #context: WorkerContext;
  readonly #lanes: readonly Lane[];
  readonly #scheduler: Scheduler | undefined;
  readonly #pollIntervalMs: number;
  readonly #gate = new Gate();
  readonly #onStopped: () => Promise<void>;
  #sweepTimer: ReturnType<typeof setInterval> | undefined;
  #polling: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;

  constructor(
    context: WorkerContext,
    schema: string,
    jobs: readonly Job[],
    options: WorkOptions,
    onStopped: () => Promise<void>,
  ) {
    const { concurrency = Infinity, pollIntervalMs = POLL_INTERVAL_MS, schedules = true } = options;
    const capacity = new Capacity(concurrency, () => {
      for (const lane of this.#lanes) lane.makeRoom();
    });
    this.#context = context;
    this.#lanes = jobs.map((job) => new Lane(context, job, capacity));
    this.#scheduler = schedules ? new Scheduler(context, schema, jobs, () => this.wake()) : undefined;
    this.#pollIntervalMs = pollIntervalMs;
    this.#onStopped = onStopped;
  }

  get running(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.running, 0);
  }

  start(): void {
    for (const lane of this.#lanes) lane.start();
    this.#scheduler?.start();
    this.#polling = this.#poll();
    this.#sweepTimer = setInterval(() => void this.#sweep(), SWEEP_MS);
  }

  /** Says that something may be due, in a queue or in any. */
  wake(queue?: string): void {
    for (const lane of this.#lanes) if (queue === undefined || lane.queues.includes(queue)) lane.wake();
  }

  stop({ graceMs = GRACE_MS }: StopOptions = {}): Promise<void> {
    return (this.#stopping ??= this.#stop(graceMs));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** One statement for the queues of all idle lanes, however many there are: a busy one fetches anyway. */
  async #poll(): Promise<void> {
    const { db, table, logger } = this.#context;
    while (!this.#stopping) {
      const queues = this.#lanes.filter(({ isBusy }) => !isBusy).flatMap((lane) => lane.queues);
      try {
        for (const queue of await table.findDue(db, queues)) this.wake(queue);
      } catch (error) {
        logger.error({ err: error }, "jobs could not be looked for");
      }
      if (!this.#stopping) await this.#gate.wait(this.#pollIntervalMs);
    }
  }

  async #sweep(): Promise<void> {
    const { db, progress, logger } = this.#context;
    await progress
      .sweep(db)
      .catch((error: unknown) => logger.warn({ err: error }, "the progress of old jobs stays"));
  }

  async #stop(graceMs: number): Promise<void> {
    clearInterval(this.#sweepTimer);
    this.#gate.open();
    await Promise.all([this.#scheduler?.stop(), this.#polling, ...this.#lanes.map((lane) => lane.halt())]);
    const idle = Promise.all(this.#lanes.map((lane) => lane.idle()));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, graceMs)));
    await Promise.race([idle, patience]);
    clearTimeout(timer);
    for (const lane of this.#lanes) lane.abort();
    await idle;
    await this.#onStopped();
  }
}
