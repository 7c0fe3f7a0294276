import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, inject } from "vitest";
import { sql } from "kysely";
import type { Database } from "../database/database.ts";
import { openDatabase } from "../database/open-database.ts";
import type { PgConfig } from "../pg-config.ts";

/** A database that is open as long as a suite runs. */
export interface TestDatabase {
  /** What plugins are configured with to use it. */
  readonly config: PgConfig;
  /** The same, for the test itself. */
  readonly database: Database;
}

/** Runs a suite against the embedded database and against a server. Each gets a database of its own. */
export function describeDatabases(suite: (test: TestDatabase) => void): void {
  describe("embedded", () => {
    suite(keepOpen(clearEmbedded));
  });
  describeServer(suite);
}

/** Runs a suite against a server, or says why it does not. */
export function describeServer(suite: (test: TestDatabase) => void): void {
  const postgres = inject("postgres");
  const [url, missing] =
    "missing" in postgres ? ["", `: skipped, as ${postgres.missing}`] : [postgres.url, ""];
  describe.skipIf(missing !== "")(`on a server${missing}`, () => {
    suite(keepOpen(() => createDatabase(url)));
  });
}

/** Open until the tests end, as all files take turns with it. */
let embedded: Promise<Database> | undefined;

async function clearEmbedded(): Promise<PgConfig> {
  const { db } = await (embedded ??= openDatabase({ memory: true }));
  await sql`drop schema public cascade; create schema public`.execute(db);
  return { memory: true };
}

/** Makes an empty database on the server. */
async function createDatabase(adminUrl: string): Promise<PgConfig> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await using admin = await openDatabase({ url: adminUrl });
  await sql`create database ${sql.id(name)}`.execute(admin.db);
  const url = new URL(adminUrl);
  url.pathname = name;
  return { url: url.href };
}

function keepOpen(toConfig: () => Promise<PgConfig>): TestDatabase {
  const test = {} as { config: PgConfig; database: Database };
  beforeAll(async () => {
    test.config = await toConfig();
    test.database = await openDatabase(test.config);
  });
  afterAll(() => test.database.close());
  return test;
}
