import type { DefineApiInject, InvokeFields } from "@x/server";
import type { ConnectionBuilder, Kysely, Transaction, TransactionBuilder } from "kysely";

/**
 * The tables that `tx` of a transactional job knows. Augment it:
 * `declare module "@x/jobs" { interface JobTables { orders: OrdersTable } }`.
 */
// oxlint-disable-next-line typescript/no-empty-interface -- open for augmentation
export interface JobTables {}

/** What statements can be run on: a database, one connection of it, or a transaction. Every Kysely is one. */
export type SqlRunner = Pick<Kysely<unknown>, "executeQuery">;

/** A Kysely over PostgreSQL or PGlite, whatever its tables are. */
export interface JobDatabase extends SqlRunner {
  // A Kysely fits no other tables than its own, and what runs here names none of them.
  // oxlint-disable-next-line typescript/no-explicit-any -- see above
  connection(): Pick<ConnectionBuilder<any>, "execute">;
  // oxlint-disable-next-line typescript/no-explicit-any -- see above
  transaction(): Pick<TransactionBuilder<any>, "execute">;
}

/** How far a job has come. A `waiting` one runs when its time has come and a worker is free. */
export type JobState = "waiting" | "running" | "completed" | "failed" | "cancelled";

/** Names one job for good. */
export interface JobReference {
  readonly id: string;
  readonly queue: string;
}

/** What `enqueue` gives. */
export interface EnqueuedJob extends JobReference {
  /** `false` where a job of that key was there already, and is the one that this names. */
  readonly isNew: boolean;
}

/** Options of `enqueue`. */
export interface EnqueueOptions {
  /**
   * A transaction, or another database. The job exists exactly when what else was written there does: it is there with
   * the commit, and gone with a rollback. Default: the database of the jobs, at once.
   */
  readonly db?: SqlRunner | undefined;
  /** When it is due at the earliest. Default: now. */
  readonly runAt?: Date | undefined;
  /** Greater ones of a queue come first. Default: that of the definition, else 0. */
  readonly priority?: number | undefined;
  /** Enqueues once: as long as a job of this queue and key is kept, whatever its state, there is no second one. */
  readonly key?: string | undefined;
}

/** Options of `enqueueAll`. */
export interface EnqueueAllOptions<Payload = unknown> extends Omit<EnqueueOptions, "key"> {
  /** The key of each, by which it is enqueued once. Default: none. */
  readonly key?: ((payload: Payload, index: number) => string) | undefined;
}

/** What an attempt is about, as plugins find it on `data.event`. */
export interface JobEvent extends JobReference {
  /** From 1. Work that was handed back by a stopping worker is the same attempt. */
  readonly attempt: number;
  /** Whether a failure of this attempt is final. */
  readonly isLastAttempt: boolean;
  /** As it was enqueued, in the version that it was enqueued in. */
  readonly payload: unknown;
  readonly version: number;
  readonly enqueuedAt: Date;
  /** When it was due. */
  readonly dueAt: Date;
  /** The time of the schedule that it stands for. */
  readonly slot: Date | undefined;
}

/** Tells how far an attempt is: a share from 0 to 1, a text, or whatever JSON has a form for. */
export type ReportProgress = (value: unknown) => void;

/** Ends the job for good, whatever attempts are left. */
export type GiveUp = (message: string, cause?: unknown) => never;

/** What the handler of a job gets. */
export interface JobData<Params = unknown, Tx = undefined> extends DefineApiInject, InvokeFields<JobEvent> {
  /** What the schema made of the payload, in the current version. */
  readonly params: Params;
  readonly job: JobEvent;
  /** From 1. */
  readonly attempt: number;
  readonly progress: ReportProgress;
  readonly giveUp: GiveUp;
  /** Of a transactional job: what is written through it is committed together with the job's completion. */
  readonly tx: Tx;
}

/** What `tx` of a transactional job is. */
export type JobTransaction = Transaction<JobTables>;

/** A job as it is in the database. */
export interface JobRecord extends JobReference {
  readonly state: JobState;
  /** How many attempts were begun. */
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly version: number;
  readonly payload: unknown;
  readonly priority: number;
  readonly enqueuedAt: Date;
  readonly dueAt: Date;
  readonly startedAt: Date | undefined;
  /** When it completed, failed for good or was cancelled. */
  readonly endedAt: Date | undefined;
  /** What the handler returned, where JSON has a form for it. */
  readonly result: unknown;
  /** What the last attempt failed with. */
  readonly failure: string | undefined;
  /** What the handler reported last. */
  readonly progress: unknown;
}
