import { setTimeout as wait } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import { pgError } from "../errors.ts";
import type { DatabaseClient, Tables } from "../types.ts";
import { createLog, readLog } from "./migration-log.ts";
import { compareMigrations, type MigrationStatus } from "./migration-status.ts";
import { type MigrationFile, readMigrations } from "./read-migrations.ts";
import { loadMigration, runMigration } from "./run-migration.ts";

/** How often it is tried whether somebody else is done. */
const RETRY_MS = 250;

/** What is known of the migrations of a folder. */
export async function readMigrationStatus(
  db: DatabaseClient,
  folder: string,
): Promise<readonly MigrationStatus[]> {
  return compareMigrations(await readMigrations(folder), await readLog(db));
}

/**
 * Runs the migrations of a folder that have not run, in order. Where two start at the same time, one waits for the
 * other and finds nothing left to do.
 *
 * @returns The names of those that it ran.
 *
 * @throws ServerError `INVALID_MIGRATION`, `MIGRATION_DRIFT` with a fault for each file that does not fit what has run,
 * before anything is run, and `MIGRATION_FAILED` with the place.
 */
export async function runMigrations(
  db: DatabaseClient,
  folder: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const files = await readMigrations(folder);
  // The lock is the connection's, and goes with it should this process end.
  return db.connection().execute(async (connection) => {
    await lock(connection, signal);
    try {
      await createLog(connection);
      const pending = findPending(files, compareMigrations(files, await readLog(connection)), folder);
      const migrations = await Promise.all(pending.map(loadMigration));
      for (const migration of migrations) {
        signal?.throwIfAborted();
        await runMigration(connection, migration);
      }
      return pending.map(({ name }) => name);
    } finally {
      // Whatever went wrong says more than that the connection went with it.
      await sql`select pg_advisory_unlock(hashtext('server_migrations'))`.execute(connection).catch(() => {});
    }
  });
}

async function lock(connection: Kysely<Tables>, signal: AbortSignal | undefined): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ locked: boolean }>`
      select pg_try_advisory_lock(hashtext('server_migrations')) as locked`.execute(connection);
    if (rows[0]?.locked) return;
    await wait(RETRY_MS, undefined, signal ? { signal } : {});
  }
}

function findPending(
  files: readonly MigrationFile[],
  statuses: readonly MigrationStatus[],
  folder: string,
): readonly MigrationFile[] {
  const faults = statuses.flatMap(({ name, state }) => {
    const message = DRIFT[state];
    return message === undefined ? [] : [{ message: `${name} ${message}`, file: `${folder}/${name}` }];
  });
  if (faults.length > 0) {
    const list = faults.map(({ message }) => `\n  ${message}`).join("");
    throw pgError("MIGRATION_DRIFT", `the migrations in ${folder} are not those that have run:${list}`, {
      faults,
    });
  }
  const pending = new Set(statuses.filter(({ state }) => state === "pending").map(({ name }) => name));
  return files.filter(({ name }) => pending.has(name));
}

const DRIFT: Readonly<Partial<Record<MigrationStatus["state"], string>>> = {
  changed: "was changed after it had run: restore it, and put the change into a new one",
  missing: "has run, and its file is gone: restore it",
  late: "has not run, and one with a greater number has: give it a number after all of them",
};
