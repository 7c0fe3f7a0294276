import type { JobDatabase } from "../types.ts";
import { runSql } from "./run-sql.ts";

/** Any number that is always the same: who has the lock makes the tables. */
const INSTALL_LOCK = 7_206_651_094;

/** What is kept beside the tables of pg-boss, in the same schema. */
const TABLES: readonly ((schema: string) => string)[] = [
  // Up to when the times of a schedule have become jobs.
  (schema) => `CREATE TABLE IF NOT EXISTS ${schema}.schedule_slot (
    queue text PRIMARY KEY,
    last_slot timestamptz NOT NULL
  )`,
  // What handlers report. It goes when the job does, by a look at what is left.
  (schema) => `CREATE TABLE IF NOT EXISTS ${schema}.job_progress (
    id uuid PRIMARY KEY,
    queue text NOT NULL,
    value jsonb,
    updated_on timestamptz NOT NULL DEFAULT now()
  )`,
];

/** Makes the tables where they are missing. Several processes may do so at once. */
export async function createTables(db: JobDatabase, schema: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await runSql(tx, "SELECT pg_advisory_xact_lock($1::bigint)", [INSTALL_LOCK]);
    for (const toStatement of TABLES) await runSql(tx, toStatement(schema));
  });
}
