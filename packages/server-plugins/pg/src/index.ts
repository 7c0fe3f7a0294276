export type { Database } from "./database/database.ts";
export { openDatabase, type OpenDatabaseOptions } from "./database/open-database.ts";
export type { PgErrorCode, PgHttpErrorCode } from "./errors.ts";
export type { IsolationLevel, PgConfig, PgOptions, PoolConfig } from "./pg-config.ts";
export type { MigrationStatus } from "./migrations/migration-status.ts";
export { PgPlugin, PgPlugin as default } from "./pg-plugin.ts";
export { getClient } from "./request/get-client.ts";
export type { DatabaseClient, Tables } from "./types.ts";
