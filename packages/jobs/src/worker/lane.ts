import { ServerError } from "@x/server";
import type { TakenJob } from "../database/job-table.ts";
import type { Job } from "../job/job.ts";
import { toVersionedQueue } from "../job/queue-name.ts";
import { Attempt } from "./attempt.ts";
import type { Capacity } from "./capacity.ts";
import { Completions } from "./completions.ts";
import { Gate } from "./gate.ts";
import { Leases } from "./leases.ts";
import { runAttempt } from "./run-attempt.ts";
import type { WorkerContext } from "./worker-context.ts";

/** The queue of one version of a job. */
interface Source {
  readonly name: string;
  readonly version: number;
  readonly completions: Completions;
}

/** How long a lane pauses after a fetch that failed. */
const PAUSE_MS = 1_000;

/** Everything that a worker does for one job: it fetches while there is something and room for it, and runs it. */
export class Lane {
  readonly #context: WorkerContext;
  readonly #job: Job;
  readonly #capacity: Capacity;
  readonly #leases: Leases;
  readonly #sources: readonly Source[];
  readonly #running = new Set<Attempt>();
  readonly #unwritten = new Set<Promise<void>>();
  readonly #gate = new Gate();
  #isStopping = false;
  /** Whether it would have fetched more if there had been room. */
  #isHungry = false;
  #loop: Promise<void> | undefined;

  constructor(context: WorkerContext, job: Job, capacity: Capacity) {
    this.#context = context;
    this.#job = job;
    this.#capacity = capacity;
    this.#leases = new Leases(context, job.limits.leaseSeconds);
    // The versions that it knows, and no other: what is newer waits for who understands it.
    this.#sources = job.versions.known.map((version) => {
      const name = toVersionedQueue(job.queue, version);
      return { name, version, completions: new Completions(context, name) };
    });
  }

  get running(): number {
    return this.#running.size;
  }

  get queues(): readonly string[] {
    return this.#sources.map(({ name }) => name);
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Whether it fetches by itself, so that nobody has to look for it. */
  get isBusy(): boolean {
    return !this.#gate.isWaiting;
  }

  /** Says that there may be something. */
  wake(): void {
    this.#gate.open();
  }

  /** Says that there is room. */
  makeRoom(): void {
    if (this.#isHungry) this.#gate.open();
  }

  /** Fetches nothing more. */
  async halt(): Promise<void> {
    this.#isStopping = true;
    this.#gate.open();
    await this.#loop;
  }

  /** Resolves when everything that runs has ended and is written. */
  async idle(): Promise<void> {
    while (this.#unwritten.size > 0) await Promise.all(this.#unwritten);
  }

  /** Ends what still runs, and hands it back. */
  abort(): void {
    for (const attempt of this.#running)
      attempt.abort(new ServerError("WORKER_STOPPED", "the worker stops, and another takes the job"));
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      await this.#gate.wait();
      while (!this.#isStopping && (await this.#drainOnce()));
    }
  }

  /** `false` when there is nothing more for now, or no room. */
  async #drainOnce(): Promise<boolean> {
    let isFull = false;
    this.#isHungry = false;
    for (const source of this.#sources) {
      // As late as possible, so that room which opens in the same turn counts.
      await new Promise((resolve) => setImmediate(resolve));
      const room = this.#capacity.take(this.#room());
      if (room === 0 || this.#isStopping) {
        this.#capacity.giveBack(room);
        this.#isHungry = true;
        return false;
      }
      // Leases run from some time after this on.
      const askedAt = performance.now();
      const rows = await this.#fetch(source, room);
      this.#capacity.giveBack(room - rows.length);
      for (const row of rows) this.#start(source, row, askedAt);
      isFull ||= rows.length === room;
    }
    return isFull;
  }

  #room(): number {
    const { concurrency } = this.#job.limits;
    // Ends that cannot be written hold further beginnings up.
    return this.#unwritten.size >= 2 * concurrency ? 0 : concurrency - this.#running.size;
  }

  async #fetch({ name }: Source, limit: number): Promise<TakenJob[]> {
    const { db, table, logger } = this.#context;
    try {
      return await table.take(db, name, limit);
    } catch (error) {
      logger.error({ err: error, queue: name }, "jobs could not be fetched");
      setTimeout(() => this.wake(), PAUSE_MS).unref();
      return [];
    }
  }

  #start({ name, version, completions }: Source, taken: TakenJob, askedAt: number): void {
    const attempt = new Attempt(taken, { queue: this.#job.queue, version, source: name }, askedAt);
    this.#running.add(attempt);
    this.#leases.add(attempt);
    const written = runAttempt(this.#context, this.#job, attempt, completions, () =>
      this.#leave(attempt),
    ).finally(() => {
      this.#leases.delete(attempt);
      this.#unwritten.delete(written);
      this.makeRoom();
    });
    this.#unwritten.add(written);
  }

  /** Makes room as soon as the handler has ended: its end is written while the next ones begin. */
  #leave(attempt: Attempt): void {
    this.#running.delete(attempt);
    this.#capacity.giveBack(1);
    this.makeRoom();
  }
}
