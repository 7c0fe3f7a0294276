import { resolve } from "node:path";
import type { IsolationLevel, PgConfig } from "./pg-config.ts";

/** Which database it is, and how to get at it. */
export type DatabaseSettings = ServerSettings | FolderSettings | MemorySettings;

/** A Postgres server. */
export interface ServerSettings {
  readonly kind: "server";
  readonly url: string;
  readonly maxConnections: number;
  readonly connectTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** 0 is any age. */
  readonly maxLifetimeSeconds: number;
}

/** Embedded, in files. */
export interface FolderSettings {
  readonly kind: "folder";
  /** Absolute path. */
  readonly folder: string;
}

/** Embedded, in memory. */
export interface MemorySettings {
  readonly kind: "memory";
}

/** What mounting does about migrations. */
export interface MigrationSettings {
  /** Absolute path. */
  readonly folder: string;
  readonly runsOnMount: boolean;
}

/** The configuration with its defaults filled in. */
export interface PgSettings {
  readonly database: DatabaseSettings;
  readonly transaction: boolean;
  readonly isolation: IsolationLevel | undefined;
  /** 0 is none. */
  readonly statementTimeoutMs: number;
  readonly migrations: MigrationSettings | undefined;
}

/** Where the embedded database is when nothing says otherwise. */
const DEFAULT_FOLDER = ".data/pg";

/** Fills in the defaults of a configuration without faults. */
export function toPgSettings(config: PgConfig): PgSettings {
  const database = toDatabaseSettings(config);
  const { migrations, migrateOnMount } = config;
  return {
    database,
    transaction: config.transaction ?? false,
    isolation: config.isolation,
    statementTimeoutMs: config.statementTimeoutMs ?? 0,
    migrations:
      migrations === undefined
        ? undefined
        : { folder: resolve(migrations), runsOnMount: migrateOnMount ?? database.kind !== "server" },
  };
}

function toDatabaseSettings({ url, memory, folder, pool = {} }: PgConfig): DatabaseSettings {
  if (url !== undefined)
    return {
      kind: "server",
      url,
      maxConnections: pool.max ?? 10,
      connectTimeoutMs: pool.connectTimeoutMs ?? 5_000,
      idleTimeoutMs: pool.idleTimeoutMs ?? 10_000,
      maxLifetimeSeconds: pool.maxLifetimeSeconds ?? 0,
    };
  if (memory) return { kind: "memory" };
  return { kind: "folder", folder: resolve(folder ?? DEFAULT_FOLDER) };
}
