import { sendJobs } from "../enqueue.ts";
import { runSql } from "../database/run-sql.ts";
import type { Job } from "../job/job.ts";
import type { SqlRunner } from "../types.ts";
import type { WorkerContext } from "../worker/worker-context.ts";
import type { Schedule } from "./schedule.ts";

/** A time that is no further back was not missed: a worker was a little late. */
const ON_TIME_MS = 60_000;
/** The most that one absence can leave behind for a schedule. */
const MOST_MISSED = 1_000;
/** The longest sleep: a clock that jumps is noticed within it. */
const MOST_SLEEP_MS = 15_000;
const LEAST_SLEEP_MS = 20;

/** Makes jobs of the times of schedules. Any number may run at once: each time becomes one job. */
export class Scheduler {
  readonly #context: WorkerContext;
  readonly #schema: string;
  readonly #jobs: readonly Job[];
  readonly #onEnqueued: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ticking: Promise<void> | undefined;
  #isStopped = false;

  constructor(context: WorkerContext, schema: string, jobs: readonly Job[], onEnqueued: () => void) {
    this.#context = context;
    this.#schema = schema;
    this.#jobs = jobs.filter(({ schedule }) => schedule);
    this.#onEnqueued = onEnqueued;
  }

  start(): void {
    if (this.#jobs.length > 0) this.#ticking = this.#tick();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#ticking;
  }

  async #tick(): Promise<void> {
    let sleepMs = MOST_SLEEP_MS;
    for (const job of this.#jobs) {
      if (this.#isStopped) return;
      try {
        sleepMs = Math.min(sleepMs, await this.#enqueueDue(job, job.schedule!));
      } catch (error) {
        this.#context.logger.error({ err: error, queue: job.queue }, "a schedule could not be followed");
        sleepMs = Math.min(sleepMs, 1_000);
      }
    }
    if (!this.#isStopped)
      this.#timer = setTimeout(() => (this.#ticking = this.#tick()), Math.max(sleepMs, LEAST_SLEEP_MS));
  }

  /** How long until the next time, in milliseconds. */
  async #enqueueDue(job: Job, schedule: Schedule): Promise<number> {
    const { at, enqueued } = await this.#context.db.transaction().execute(async (tx) => {
      const { lastSlot, now } = await this.#lock(tx, job.queue);
      const slots = schedule.between(lastSlot, now, MOST_MISSED);
      const chosen = choose(schedule, slots, now);
      for (const slot of chosen) await this.#send(tx, job, schedule, slot);
      const latest = slots.at(-1);
      if (latest) await this.#advance(tx, job.queue, latest);
      return { at: now, enqueued: chosen.length };
    });
    if (enqueued > 0) this.#onEnqueued();
    const [next] = schedule.next(1, at);
    return next ? next.getTime() - at.getTime() : MOST_SLEEP_MS;
  }

  /** The clock is the database's, which all workers share. */
  async #lock(tx: SqlRunner, queue: string): Promise<{ readonly lastSlot: Date; readonly now: Date }> {
    const table = `${this.#schema}.schedule_slot`;
    // A schedule begins with its first worker, and has missed nothing before.
    await runSql(tx, `INSERT INTO ${table} VALUES ($1, clock_timestamp()) ON CONFLICT DO NOTHING`, [queue]);
    const [row] = await runSql<{ last: string; now: string }>(
      tx,
      `SELECT extract(epoch FROM last_slot) * 1000 AS last, extract(epoch FROM clock_timestamp()) * 1000 AS now
      FROM ${table} WHERE queue = $1 FOR UPDATE`,
      [queue],
    );
    return { lastSlot: new Date(Number(row!.last)), now: new Date(Number(row!.now)) };
  }

  async #send(tx: SqlRunner, job: Job, { params }: Schedule, slot: Date): Promise<void> {
    const { boss, tracing } = this.#context;
    const key = `schedule ${slot.toISOString()}`;
    await sendJobs({ boss, tracing, job, sendings: [{ payload: params, key }], options: { db: tx }, slot });
  }

  async #advance(tx: SqlRunner, queue: string, slot: Date): Promise<void> {
    await runSql(
      tx,
      `UPDATE ${this.#schema}.schedule_slot SET last_slot = $2::timestamptz WHERE queue = $1`,
      [queue, slot.toISOString()],
    );
  }
}

function choose({ missed }: Schedule, slots: readonly Date[], now: Date): readonly Date[] {
  if (missed === "all") return slots;
  const onTime = slots.filter((slot) => now.getTime() - slot.getTime() < ON_TIME_MS);
  return missed === "latest" && onTime.length === 0 ? slots.slice(-1) : onTime;
}
