import { randomUUID } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, type DatabaseConnection, type Driver, PostgresDialect, sql } from "kysely";
import { Pool } from "pg";
import { inject } from "vitest";

/** What a test can run on. */
export type Engine = "PGlite" | "PostgreSQL";

export const ENGINES: readonly Engine[] = ["PGlite", "PostgreSQL"];

/** A database for one test file, with nothing in it. */
export interface TestDatabase {
  readonly db: Kysely<Record<string, never>>;
  /** Of a server alone. */
  readonly url?: string;
  close(): Promise<void>;
}

/** Why an engine is not here, if it is not. */
export function missingEngine(engine: Engine): string | undefined {
  const postgres = inject("postgres");
  return engine === "PostgreSQL" && "missing" in postgres ? postgres.missing : undefined;
}

export async function openTestDatabase(engine: Engine): Promise<TestDatabase> {
  if (engine === "PGlite") {
    const db = new Kysely<Record<string, never>>({ dialect: new ExclusiveDialect({ pglite: new PGlite() }) });
    return { db, close: () => db.destroy() };
  }
  const postgres = inject("postgres");
  if ("missing" in postgres) throw new Error(postgres.missing);
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const server = connect(postgres.url);
  await sql`create database ${sql.id(name)}`.execute(server);
  await server.destroy();
  const url = postgres.url.replace(/\/postgres$/, `/${name}`);
  const db = connect(url);
  return { db, url, close: () => db.destroy() };
}

function connect(connectionString: string): Kysely<Record<string, never>> {
  const pool = new Pool({ connectionString, max: 10 });
  // A server that goes away ends idle connections, too.
  pool.on("error", () => {});
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}

/** One connection, to one holder at a time: that of kysely runs everybody's statements in whatever transaction is open. */
class ExclusiveDialect extends PGliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    let last: Promise<void> = Promise.resolve();
    const releases = new WeakMap<DatabaseConnection, () => void>();
    const acquire = driver.acquireConnection.bind(driver);
    driver.acquireConnection = async (options) => {
      const before = last;
      let release!: () => void;
      last = new Promise((resolve) => (release = resolve));
      await before;
      const connection = await acquire(options);
      releases.set(connection, release);
      return connection;
    };
    driver.releaseConnection = async (connection) => releases.get(connection)?.();
    return driver;
  }
}
