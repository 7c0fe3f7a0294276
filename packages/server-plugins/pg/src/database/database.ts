import type { Logger } from "@x/server";
import { pgError } from "../errors.ts";
import type { MigrationStatus } from "../migrations/migration-status.ts";
import { readMigrationStatus, runMigrations } from "../migrations/run-migrations.ts";
import type { PgSettings } from "../pg-settings.ts";
import type { DatabaseClient } from "../types.ts";
import type { DatabaseShare, SharedDatabases } from "./shared-databases.ts";

/** A database for what is no function: scripts, tests, workers. */
export interface Database extends AsyncDisposable {
  readonly db: DatabaseClient;
  /** What is behind it. */
  readonly kind: "server" | "folder" | "memory";
  /** The folder of its migrations, as an absolute path, where one is configured. */
  readonly migrations: string | undefined;
  /**
   * Runs pending migrations, and gives the names of those that it ran.
   *
   * @throws ServerError `INVALID_MIGRATION`, `MIGRATION_DRIFT`, `MIGRATION_FAILED`.
   */
  migrate(): Promise<readonly string[]>;
  /** How each migration stands, in their order. Nothing is changed. */
  migrationStatus(): Promise<readonly MigrationStatus[]>;
  /** Whether the database answers. */
  isReady(): Promise<boolean>;
  /** Gives it back: whoever else in this process uses the same one keeps it. */
  close(): Promise<void>;
}

/** Opens a database, or shares the one that the process has open with the same settings. */
export async function shareDatabase(
  databases: SharedDatabases,
  { database: settings, migrations }: PgSettings,
  logger: Logger,
): Promise<Database> {
  const { database, isReady, release } = await databases.share(settings, logger);
  const { client: db, kind } = database;
  const folder = (): string => {
    if (migrations) return migrations.folder;
    throw pgError("INVALID_MIGRATION", "no folder of migrations is configured: name it as migrations");
  };
  const close = toOnce(release);
  return {
    db,
    kind,
    migrations: migrations?.folder,
    migrate: async () => runMigrations(db, folder()),
    migrationStatus: async () => readMigrationStatus(db, folder()),
    isReady,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function toOnce(release: DatabaseShare["release"]): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => (closing ??= release());
}
