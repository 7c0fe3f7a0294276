// What a user of @x/server-pg writes, against the published package: its API at run time, its types when checked. The
// drivers are theirs to install; here there is none, which the package has to say.
import assert from "node:assert/strict";
import { defineApi, isServerError, type PluginClass, type ServerErrorCode } from "@x/server";
import PgByDefault, {
  type Database,
  type DatabaseClient,
  getClient,
  type IsolationLevel,
  type MigrationStatus,
  openDatabase,
  type OpenDatabaseOptions,
  type PgConfig,
  type PgErrorCode,
  type PgHttpErrorCode,
  type PgOptions,
  PgPlugin,
  type PoolConfig,
} from "@x/server-pg";
import { createTestProject, silentLogger, testApi } from "@x/server/testing";
import { type Generated, sql } from "kysely";

declare module "@x/server-pg" {
  interface Tables {
    orders: { id: Generated<number>; product: string };
  }
}

const isolation: IsolationLevel = "serializable";
const pool: PoolConfig = { max: 2, connectTimeoutMs: 100 };
const config: PgConfig = {
  url: "postgres://app:planted@127.0.0.1:1/app",
  pool,
  transaction: true,
  isolation,
};
const options: PgOptions = { config };

/** A query that nothing runs, for its types and its text. */
function findOrders(db: DatabaseClient) {
  return db.selectFrom("orders").select(["id", "product"]).where("product", "=", "milk");
}
const api = defineApi({
  plugins: [new PgPlugin(options)],
  handler: async ({ db }) => {
    const orders: { id: number; product: string }[] = await findOrders(db).execute();
    // @ts-expect-error there is no such table
    await getClient().selectFrom("order").execute();
    return orders;
  },
});

// With neither driver installed, and with `pg` installed and nobody there.
const expected = new Set<ServerErrorCode>(["DRIVER_NOT_FOUND", "DATABASE_UNREACHABLE"]);
const failure: unknown = await testApi(api)().catch((error: unknown) => error);
assert.ok(isServerError(failure) && expected.has(failure.code), String(failure));
assert.ok(!String(failure).includes("planted"));

const code: PgErrorCode = "NO_DATABASE";
assert.throws(() => getClient(), { code });
const conflict: PgHttpErrorCode = "TRANSACTION_CONFLICT";
assert.equal(conflict, "TRANSACTION_CONFLICT");

const opening: OpenDatabaseOptions = { logger: silentLogger };
const open = async (): Promise<readonly MigrationStatus[]> => {
  await using database: Database = await openDatabase({ ...config, migrations: "migrations" }, opening);
  await sql`select 1`.execute(database.db);
  return database.migrationStatus();
};
await assert.rejects(open, (error) => isServerError(error) && expected.has(error.code));

// By name in faas.yaml, which finds the package.
const byName: PluginClass = PgByDefault;
assert.equal(byName, PgPlugin);
await using project = await createTestProject(
  { "faas.yaml": "defaults: { plugins: { pg: { type: pg, config: { url: 'mysql://localhost/a' } } } }\n" },
  { parent: import.meta.dirname },
);
const mistaken = testApi(defineApi({ handler: () => 1 }), {
  root: project.root,
  file: project.path("a.api.ts"),
});
await assert.rejects(mistaken, { code: "INVALID_CONFIG" });

// @ts-expect-error a misspelt option
assert.ok(new PgPlugin({ config: { statementTimeout: 1 } }));
