import type { Logger } from "@x/server";
import type { PgBoss } from "pg-boss";
import type { JobDatabase } from "../types.ts";
import { toBossDatabase } from "./boss-database.ts";

/** How pg-boss is run. */
export interface BossOptions {
  readonly db: JobDatabase;
  readonly schema: string;
  /** Whether it makes and migrates its tables. */
  readonly migrate: boolean;
  /** Whether it looks for leases that have run out, and for jobs that are no longer kept. */
  readonly supervise: boolean;
  readonly logger: Logger;
}

/** How often a look is taken for leases that have run out: what a recovery takes beside the lease itself. */
const SUPERVISE_SECONDS = 10;
/** What jobs do not have: jobs that wait for each other. */
const NEVER_SECONDS = 86_400;

/** Makes an instance of pg-boss that is not started yet. It is imported when it is first needed. */
export async function createBoss({ db, schema, migrate, supervise, logger }: BossOptions): Promise<PgBoss> {
  const { PgBoss } = await import("pg-boss");
  const boss = new PgBoss({
    db: toBossDatabase(db),
    schema,
    migrate,
    supervise,
    schedule: false,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    // A little less, so that no look is taken for too early.
    monitorIntervalSeconds: SUPERVISE_SECONDS - 1,
    flowIntervalSeconds: NEVER_SECONDS,
  });
  boss.on("error", (error) => logger.error({ err: error }, "the database of the jobs failed"));
  boss.on("warning", ({ message, data }) => logger.warn({ data }, message));
  return boss;
}

/** Stops it. What it still has under way fails with a database that closes right after, which is nobody's concern. */
export async function stopBoss(boss: PgBoss): Promise<void> {
  boss.removeAllListeners("error");
  boss.on("error", () => {});
  await boss.stop({ graceful: false });
}
