import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect } from "kysely";
import { Migrator } from "kysely/migration";
import { MIGRATIONS } from "./migrations.ts";
import { seed } from "./seed.ts";
import type { Tables } from "./tables.ts";

/** What handlers read and write through. */
export type Database = Kysely<Tables>;

/**
 * Opens the Postgres that lives in a folder, and brings its tables up to date. A folder that is not there is made and
 * filled with two shops first, which takes some seconds, once. One process at a time may have it open.
 *
 * @param until When the latest order of a new folder was placed. Default: now.
 */
export async function openDatabase(folder: string, until = new Date()): Promise<Database> {
  if (!(await exists(folder))) await prepareFolder(folder, until);
  const db = await connect(folder);
  await migrate(db);
  return db;
}

/** Under another name until it is complete: what was broken off halfway is never taken for a database. */
async function prepareFolder(folder: string, until: Date): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(unfinished), { recursive: true });
  const db = await connect(unfinished);
  await migrate(db);
  await db.transaction().execute((transaction) => seed(transaction, until));
  await db.destroy();
  await rename(unfinished, folder);
}

async function connect(folder: string): Promise<Database> {
  return new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: await PGlite.create(folder) }) });
}

async function migrate(db: Database): Promise<void> {
  const provider = { getMigrations: async () => ({ ...MIGRATIONS }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) throw error;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
