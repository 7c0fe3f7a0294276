import type { Logger } from "@x/server";
import {
  CompiledQuery,
  DefaultConnectionProvider,
  DefaultQueryExecutor,
  type PostgresDialectConfig,
  PostgresDialect,
} from "kysely";
import { ScopedClient } from "../client/scoped-client.ts";
import { loadDriver } from "../database/load-driver.ts";
import type { ConnectedDatabase } from "../database/connected-database.ts";
import { pgError } from "../errors.ts";
import type { ServerSettings } from "../pg-settings.ts";
import { CancellablePool } from "./cancellable-pool.ts";
import { ServerDriver } from "./server-driver.ts";

/** Connects to a Postgres server. */
export async function openServer(settings: ServerSettings, logger: Logger): Promise<ConnectedDatabase> {
  const { default: pg } = await loadDriver("pg", () => import("pg"));
  const pool = new pg.Pool({
    connectionString: settings.url,
    max: settings.maxConnections,
    connectionTimeoutMillis: settings.connectTimeoutMs,
    idleTimeoutMillis: settings.idleTimeoutMs,
    maxLifetimeSeconds: settings.maxLifetimeSeconds,
    keepAlive: true,
  });
  // Without a listener, an idle connection that the server ends would end the process.
  // The error has the whole connection with it, which no log must show.
  pool.on("error", ({ message }) =>
    logger.warn({ reason: message }, "an idle connection to the database broke"),
  );
  const cancellable = new CancellablePool(pool, (database) => database === opened);
  const config: PostgresDialectConfig = { pool: cancellable };
  const dialect = new PostgresDialect(config);
  const driver = new ServerDriver(config);
  const executor = new DefaultQueryExecutor(
    dialect.createQueryCompiler(),
    dialect.createAdapter(),
    new DefaultConnectionProvider(driver),
  );
  const parts = { config: { dialect }, dialect, driver, executor, lock: undefined, isTransaction: false };
  const opened: ConnectedDatabase = {
    kind: "server",
    client: new ScopedClient(parts),
    parts,
    close: () => driver.destroy(),
  };
  await driver.init();
  try {
    await opened.client.executeQuery(CompiledQuery.raw("select 1"));
  } catch (cause) {
    await opened.close();
    // The URL stays out of it: it has the password.
    throw pgError("DATABASE_UNREACHABLE", `the database cannot be reached: ${reasonOf(cause)}`, { cause });
  }
  return opened;
}

/** Where a name stands for several addresses, the error of all of them has a code and no text. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}
