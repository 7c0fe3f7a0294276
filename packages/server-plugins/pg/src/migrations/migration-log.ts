import { type Kysely, sql } from "kysely";

/** A migration that the database has seen. */
export interface MigrationRecord {
  readonly name: string;
  readonly checksum: string;
  readonly ran_at: Date;
}

/** In the first schema of the connection's search path, as what migrations make. */
const TABLE = sql.table("server_migrations");

/** What the database knows of migrations. Before the first one there is no table. */
export async function readLog<Tables>(db: Kysely<Tables>): Promise<readonly MigrationRecord[]> {
  const { rows: found } = await sql<{ found: boolean }>`
    select to_regclass('server_migrations') is not null as found`.execute(db);
  if (!found[0]?.found) return [];
  const { rows } = await sql<MigrationRecord>`select name, checksum, ran_at from ${TABLE}`.execute(db);
  return rows;
}

/** Makes the table, unless it is there. */
export async function createLog<Tables>(db: Kysely<Tables>): Promise<void> {
  await sql`create table if not exists ${TABLE} (
    name text primary key,
    checksum text not null,
    ran_at timestamptz not null default now()
  )`.execute(db);
}

/** Notes that a migration has run. */
export async function addToLog<Tables>(
  db: Kysely<Tables>,
  { name, checksum }: Pick<MigrationRecord, "name" | "checksum">,
): Promise<void> {
  await sql`insert into ${TABLE} (name, checksum) values (${name}, ${checksum})`.execute(db);
}
