import { createJobs, defineJob, type Job, type Jobs } from "@x/jobs";
import type { Logger } from "@x/server";
import { Kysely, PostgresDialect, sql } from "kysely";
import { Pool } from "pg";

/** What has happened, a row an effect. */
interface Tables {
  ledger: { job: string; queue: string; attempt: number };
}

/** A line that a worker's process tells its test. */
export type Telling =
  | { readonly kind: "phase"; readonly phase: string; readonly id: string; readonly attempt: number }
  | { readonly kind: "ready" }
  | { readonly kind: "log"; readonly message: string };

/** How a process takes part. */
export interface WorkerPlan {
  readonly url: string;
  readonly queues: readonly string[];
  /** The phases at whose first attempt handlers wait until they are told to go on. */
  readonly blocks?: readonly string[];
  /** How far this process's clock is off, in milliseconds. */
  readonly clockOffsetMs?: number;
  readonly schedules?: boolean;
}

export const LEASE_SECONDS = 10;

declare module "@x/jobs" {
  interface JobTables extends Tables {}
}

/** A database with a ledger in it. */
export type LedgerDatabase = Kysely<Tables>;

/** Opens the one at a server. */
export function openLedger(url: string, max = 10): LedgerDatabase {
  // The server of tests may forget what it has acknowledged when it is cut off, which here is to be remembered.
  const pool = new Pool({ connectionString: url, max, options: "-c synchronous_commit=on" });
  // Connections that are cut are what is tested here: idle ones tell the pool, and those in use themselves.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** Called where a handler could be interrupted. */
export type ReachPhase = (
  phase: string,
  job: { readonly id: string; readonly attempt: number; readonly queue: string },
) => Promise<void>;

/** One job of each kind for each scenario, all of which write the ledger. */
export function openLedgerJobs(db: LedgerDatabase, logger: Logger, reach: ReachPhase = async () => {}): Jobs {
  const common = { leaseSeconds: LEASE_SECONDS, retryDelaySeconds: 0, retries: 20, concurrency: 20 };
  const plain = (queue: string): Job =>
    defineJob({
      ...common,
      queue,
      async handler({ job }) {
        await reach("before", job);
        await db.insertInto("ledger").values({ job: job.id, queue, attempt: job.attempt }).execute();
        await reach("after", job);
      },
    });
  const transactional = (queue: string): Job =>
    defineJob({
      ...common,
      queue,
      transactional: true,
      async handler({ tx, job }) {
        await reach("before", job);
        await tx.insertInto("ledger").values({ job: job.id, queue, attempt: job.attempt }).execute();
        await reach("after", job);
      },
    });
  const poison = defineJob({
    ...common,
    queue: "poison",
    retries: 1,
    async handler({ job }) {
      await db.insertInto("ledger").values({ job: job.id, queue: "poison", attempt: job.attempt }).execute();
      process.kill(process.pid, "SIGKILL");
    },
  });
  const ticking = defineJob({
    ...common,
    queue: "ticking",
    transactional: true,
    cron: { pattern: "* * * * * *", missed: "all" },
    async handler({ tx, job }) {
      await tx
        .insertInto("ledger")
        .values({ job: job.slot!.toISOString(), queue: "ticking", attempt: job.attempt })
        .execute();
    },
  });
  const scenarios = ["killed/before", "killed/after", "stopped", "cut", "restarted", "held"];
  const jobs = scenarios.flatMap((name) => [plain(`${name}/plain`), transactional(`${name}/tx`)]);
  return createJobs({ db, jobs: [...jobs, poison, ticking], logger });
}

/** Makes the ledger. */
export async function createLedger(db: LedgerDatabase): Promise<void> {
  await sql`create table ledger (job text not null, queue text not null, attempt int not null)`.execute(db);
}
