import { type Logger, pluginConfigError } from "@x/server";
import { findFaults } from "../find-faults.ts";
import type { PgConfig } from "../pg-config.ts";
import { type PgSettings, toPgSettings } from "../pg-settings.ts";
import { type Database, shareDatabase } from "./database.ts";
import { SharedDatabases } from "./shared-databases.ts";

/** A folder can be open once in a process, so what is open is known to all of it. The last one closes it. */
export const sharedDatabases = new SharedDatabases();

/** Options of `openDatabase`. */
export interface OpenDatabaseOptions {
  /** Is told of connections that break. Default: nobody is. */
  readonly logger?: Logger | undefined;
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

/**
 * Opens a database outside of functions: for a script, a test, a worker. With the settings of a plugin in the same
 * process it is that plugin's.
 *
 * @throws ServerError `INVALID_CONFIG`, `DRIVER_NOT_FOUND`, `DATABASE_UNREACHABLE`, `DATABASE_IN_USE`.
 *
 * @example
 * ```ts
 * import { openDatabase } from "@x/server-pg";
 * import { sql } from "kysely";
 *
 * await using database = await openDatabase({ memory: true });
 * const { rows } = await sql<{ sum: number }>`select 1 + 1 as sum`.execute(database.db);
 * console.log(rows[0]?.sum); // 2
 * ```
 */
export async function openDatabase(config: PgConfig = {}, options?: OpenDatabaseOptions): Promise<Database> {
  const issues = findFaults(config);
  if (issues.length > 0) throw pluginConfigError("pg", issues);
  return openSettings(toPgSettings(config), options);
}

/** As `openDatabase`, for a configuration without faults. */
export function openSettings(
  settings: PgSettings,
  { logger = silent }: OpenDatabaseOptions = {},
): Promise<Database> {
  return shareDatabase(sharedDatabases, settings, logger);
}
