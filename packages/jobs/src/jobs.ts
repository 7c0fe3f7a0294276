import { ServerError } from "@x/server";
import { startBackend, type Backend } from "./backend.ts";
import { stopBoss } from "./database/boss.ts";
import { type Sending, sendJobs } from "./enqueue.ts";
import { type JobFilter, JobInspector } from "./inspect/job-inspector.ts";
import type { Job } from "./job/job.ts";
import { type LoadedJobs, loadJobs } from "./load/load-jobs.ts";
import type { JobsOptions } from "./jobs-options.ts";
import type { EnqueueAllOptions, EnqueuedJob, EnqueueOptions, JobRecord, JobReference } from "./types.ts";
import { openWorker } from "./worker/open-worker.ts";
import type { JobWorker } from "./worker/job-worker.ts";
import type { Worker, WorkOptions } from "./worker/worker-options.ts";

/** What follows the job: its payload, which may be left out where all of it may, and options. */
export type EnqueueArguments<Payload> =
  Record<never, never> extends Payload
    ? [payload?: Payload, options?: EnqueueOptions]
    : [payload: Payload, options?: EnqueueOptions];

/** Jobs in one database: enqueues them, works on them, looks at them. */
export class Jobs implements AsyncDisposable {
  readonly #options: JobsOptions;
  readonly #workers = new Set<JobWorker>();
  #loading: Promise<LoadedJobs> | undefined;
  #starting: Promise<Backend> | undefined;
  #isStarted = false;
  #closing: Promise<void> | undefined;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /**
   * Makes or migrates the tables, and the queues of all jobs. Whatever needs them does so by itself, but for enqueueing
   * in a transaction, which would wait for itself where there is one connection.
   *
   * @throws ServerError `INVALID_ROOT`, `INVALID_JOB`, `DUPLICATE_QUEUE`, `JOBS_CLOSED`, `JOBS_UNAVAILABLE`.
   */
  async start(): Promise<void> {
    await this.#toBackend();
  }

  /**
   * All jobs, sorted by queue. It needs no database.
   *
   * @throws ServerError `INVALID_ROOT`, `INVALID_JOB`, `DUPLICATE_QUEUE`.
   */
  async all(): Promise<readonly Job[]> {
    const { byQueue } = await this.#load();
    return [...byQueue.values()].map(({ job }) => job).toSorted((a, b) => (a.queue < b.queue ? -1 : 1));
  }

  /**
   * Has a job run in the background.
   *
   * @example
   * ```ts
   * import { createJobs, defineJob } from "@x/jobs";
   * import type { Kysely } from "kysely";
   *
   * declare const db: Kysely<{ orders: { id: number; sku: string } }>;
   * const ship = defineJob({ queue: "orders/ship", handler: ({ params }) => console.log(params) });
   * const jobs = createJobs({ db, jobs: [ship] });
   * await jobs.start();
   *
   * await db.transaction().execute(async (tx) => {
   *   await tx.insertInto("orders").values({ id: 1, sku: "milk" }).execute();
   *   await jobs.enqueue(ship, { order: 1 }, { db: tx });
   * });
   * ```
   *
   * @throws ServerError `INVALID_PAYLOAD`, `INVALID_JOB` for a job that is not among these, and what `start` throws.
   */
  async enqueue<Payload>(
    job: Job<Payload>,
    ...args: EnqueueArguments<NoInfer<Payload>>
  ): Promise<EnqueuedJob> {
    const [payload, { key, ...options } = {}] = args as [payload?: unknown, options?: EnqueueOptions];
    // One that is sent is one that is given back.
    return (await this.#send(job, [{ payload, key }], options))[0]!;
  }

  /**
   * Has a job run once for each payload, all enqueued by one statement: there are all of them or none. What it gives is
   * in the order of the payloads.
   *
   * @example
   * ```ts
   * import { createJobs, defineJob } from "@x/jobs";
   * import type { Kysely } from "kysely";
   *
   * declare const db: Kysely<{ users: { address: string } }>;
   * const remind = defineJob({ queue: "mails/remind", handler: ({ params }) => console.log(params) });
   * const jobs = createJobs({ db, jobs: [remind] });
   *
   * const users = await db.selectFrom("users").select("address").execute();
   * await jobs.enqueueAll(remind, users, { key: ({ address }) => `May ${address}` });
   * ```
   *
   * @throws ServerError what `enqueue` throws, for the first payload that does not fit.
   */
  async enqueueAll<Payload>(
    job: Job<Payload>,
    payloads: readonly NoInfer<Payload>[],
    { key, ...options }: EnqueueAllOptions<NoInfer<Payload>> = {},
  ): Promise<EnqueuedJob[]> {
    const sendings = payloads.map((payload, index) => ({ payload, key: key?.(payload, index) }));
    return this.#send(job, sendings, options);
  }

  async #send(
    job: Job,
    sendings: readonly Sending[],
    options: Omit<EnqueueOptions, "key">,
  ): Promise<EnqueuedJob[]> {
    if (options.db && !this.#isStarted)
      throw new ServerError(
        "JOBS_UNAVAILABLE",
        `"${job.queue}" is enqueued in a transaction before the jobs have started: await jobs.start() when the program starts`,
      );
    const { boss, tracing, jobs } = await this.#toBackend();
    if (!jobs.has(job.queue))
      throw new ServerError(
        "INVALID_JOB",
        `"${job.queue}" is none of these jobs: add it to createJobs({ jobs }), or put its file below the root`,
      );
    const enqueued = await sendJobs({ boss, tracing, job, sendings, options });
    // What a transaction holds is to be seen once it is committed, which the next poll finds out.
    if (!options.db && !options.runAt) for (const worker of this.#workers) worker.wake();
    return enqueued;
  }

  /**
   * Runs jobs, inside this process, until the worker or the jobs are stopped.
   *
   * @throws ServerError what `start` throws, and whatever mounting a job throws.
   */
  async work(options: WorkOptions = {}): Promise<Worker> {
    const backend = await this.#toBackend();
    const worker = await openWorker(backend, options, (stopped) => this.#workers.delete(stopped));
    this.#workers.add(worker);
    worker.start();
    return worker;
  }

  /** Jobs as they are in the database, the latest first. */
  async list(filter?: JobFilter): Promise<JobRecord[]> {
    return (await this.#toInspector()).list(filter);
  }

  /** @throws ServerError `JOB_NOT_FOUND`. */
  async show(id: string | JobReference): Promise<JobRecord> {
    return (await this.#toInspector()).show(toId(id));
  }

  /**
   * Gives a job that has failed for good or was cancelled another attempt.
   *
   * @throws ServerError `JOB_NOT_FOUND`, `JOB_STATE_CONFLICT`.
   */
  async retry(id: string | JobReference): Promise<void> {
    await (await this.#toInspector()).retry(toId(id));
    for (const worker of this.#workers) worker.wake();
  }

  /**
   * Takes a job out of its queue. The signal of one that runs aborts with its worker's next renewal, and what its
   * handler returns is no longer kept.
   *
   * @throws ServerError `JOB_NOT_FOUND`, `JOB_STATE_CONFLICT`.
   */
  async cancel(id: string | JobReference): Promise<void> {
    await (await this.#toInspector()).cancel(toId(id));
  }

  /** Stops all workers, and everything that runs in the background. The database stays open. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #toInspector(): Promise<JobInspector> {
    const { db, boss, schema, queues } = await this.#toBackend();
    return new JobInspector(db, boss, schema, queues);
  }

  #toBackend(): Promise<Backend> {
    if (this.#closing)
      return Promise.reject(new ServerError("JOBS_CLOSED", "the jobs are closed: make others"));
    return (this.#starting ??= this.#start().catch((error: unknown) => {
      // A database that is not there yet may be there for the next call.
      this.#starting = undefined;
      throw error;
    }));
  }

  async #start(): Promise<Backend> {
    const backend = await startBackend(this.#options, await this.#load());
    this.#isStarted = true;
    return backend;
  }

  #load(): Promise<LoadedJobs> {
    return (this.#loading ??= loadJobs(this.#options));
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.stop()));
    const backend = await this.#starting?.catch(() => undefined);
    if (backend) await stopBoss(backend.boss);
  }
}

function toId(id: string | JobReference): string {
  return typeof id === "string" ? id : id.id;
}
