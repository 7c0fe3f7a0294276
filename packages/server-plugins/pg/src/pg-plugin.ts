import {
  type ConfigSchema,
  type InvokeData,
  type MountData,
  type Next,
  type Plugin,
  pluginConfigError,
  type PluginOptions,
  ServerError,
} from "@x/server";
import type { Database } from "./database/database.ts";
import { type OpenDatabaseOptions, openSettings, sharedDatabases } from "./database/open-database.ts";
import type { DatabaseShare } from "./database/shared-databases.ts";
import { findFaults } from "./find-faults.ts";
import { mergeConfig } from "./merge-config.ts";
import { prepareMigrations } from "./migrations/prepare-migrations.ts";
import type { PgConfig, PgOptions } from "./pg-config.ts";
import { pgConfigSchema, PUBLIC_CONFIG } from "./pg-schema.ts";
import { type PgSettings, toPgSettings } from "./pg-settings.ts";
import { databaseScope, findScope } from "./request/database-scope.ts";
import { RequestLimits } from "./request/request-limits.ts";
import { RequestTransaction } from "./request/request-transaction.ts";

/** What a mounted plugin works with. */
interface Mounted extends DatabaseShare {
  readonly settings: PgSettings;
}

/**
 * Gives functions a database: kysely on an embedded Postgres, or on a server. It puts `db` on `data`, and `getClient()`
 * finds it in whatever a handler calls.
 *
 * @example
 * ```ts
 * import { defineApi } from "@x/server";
 * import { PgPlugin } from "@x/server-pg";
 * import { sql } from "kysely";
 *
 * export default defineApi({
 *   plugins: [new PgPlugin({ config: { memory: true } })],
 *   handler: async ({ db }) => (await sql`select now()`.execute(db)).rows,
 * });
 * ```
 */
export class PgPlugin implements Plugin {
  /** Checks `config`, and completes `faas.yaml` in editors. */
  static readonly configSchema: ConfigSchema<PgConfig> = pgConfigSchema;
  /** Everything but the URL. */
  static readonly publicConfig: readonly string[] = PUBLIC_CONFIG;

  readonly type: string;
  readonly name: string;
  // Private, as it holds the URL: what prints a plugin does not print that.
  #config: PgConfig;
  readonly #shares: Mounted[] = [];

  constructor(options: PgOptions = {}) {
    const { type = "pg", name = "pg", config } = options;
    this.type = type;
    this.name = name;
    this.#config = config ?? {};
  }

  /** Lays what YAML and `api.config` say over what the constructor was given. */
  applyConfig({ config = {} }: PluginOptions): void {
    this.#config = mergeConfig(this.#config, config);
  }

  /**
   * @throws ServerError `INVALID_CONFIG` with every fault of the configuration, `DRIVER_NOT_FOUND`,
   * `DATABASE_UNREACHABLE`, `DATABASE_IN_USE`, and what migrations throw.
   */
  async onMount({ logger, signal }: MountData, next: Next): Promise<void> {
    const settings = this.#settings();
    const share = await sharedDatabases.share(settings.database, logger);
    try {
      await prepareMigrations(share, settings.migrations, { logger, signal });
    } catch (error) {
      // The framework closes those alone that have called next().
      await share.release();
      throw error;
    }
    this.#shares.push({ ...share, settings });
    await next();
  }

  async onInvoke(data: InvokeData, next: Next): Promise<void> {
    const [mounted] = this.#shares;
    // Whoever calls the hook by hand must not get past it.
    if (!mounted)
      throw new ServerError("MOUNT_INCOMPLETE", `the plugin "${this.name}" is not mounted`, {
        plugins: [this.name],
      });
    const { database, settings } = mounted;
    const outer = databaseScope.getStore();
    const around = outer && findScope((scope) => scope.database === database);
    const limits = new RequestLimits(data, settings.statementTimeoutMs, around?.limits);
    const joined = around?.transaction && !around.transaction.ended ? around : undefined;
    const own =
      settings.transaction && !joined
        ? new RequestTransaction(database, settings.isolation, limits)
        : undefined;
    const client = joined?.client ?? own?.client ?? database.client;
    const transaction = joined?.transaction ?? own;
    data.db = client;
    const scope = { name: this.name, database, client, limits, transaction, lock: undefined, outer };
    try {
      await databaseScope.run(scope, next);
      await own?.commit();
    } catch (error) {
      if (joined && settings.transaction) joined.transaction?.fail(error);
      await own?.rollBack();
      throw own ? own.toError(error) : error;
    } finally {
      limits.end();
    }
  }

  /** Whether the database answers, for `/readyz`. */
  async isReady(): Promise<boolean> {
    return (await this.#shares[0]?.isReady()) ?? false;
  }

  async onClose(): Promise<void> {
    await this.#shares.pop()?.release();
  }

  /**
   * Opens the configured database for what is no function, such as a tool that migrates it. It is shared with the
   * functions, and closed when all of them are done with it.
   *
   * @throws ServerError `INVALID_CONFIG`, `DRIVER_NOT_FOUND`, `DATABASE_UNREACHABLE`, `DATABASE_IN_USE`.
   */
  open(options?: OpenDatabaseOptions): Promise<Database> {
    return openSettings(this.#settings(), options);
  }

  #settings(): PgSettings {
    const issues = findFaults(this.#config);
    if (issues.length > 0) throw pluginConfigError(this.name, issues);
    return toPgSettings(this.#config);
  }
}
