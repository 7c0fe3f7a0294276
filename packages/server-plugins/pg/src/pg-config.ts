import type { PluginOptions } from "@x/server";

/** The connections to a Postgres server. */
export interface PoolConfig {
  /** The most connections at a time. Default: 10. */
  readonly max?: number | undefined;
  /** How long a request waits for one. Default: 5,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** How long an idle one stays open. Default: 10,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** How old one becomes. Default: any age. */
  readonly maxLifetimeSeconds?: number | undefined;
}

/** How separate transactions are from each other, as Postgres has it. */
export type IsolationLevel = "read committed" | "repeatable read" | "serializable";

/** What stands under `config` of the plugin, in `faas.yaml` and in code. */
export interface PgConfig {
  /** A Postgres server, such as `postgres://user:password@host/name`. Default: the embedded database. */
  readonly url?: string | undefined;
  /** Where the embedded database keeps its files, from the working directory. Default: `.data/pg`. */
  readonly folder?: string | undefined;
  /** Keeps the embedded database in memory, whatever `folder` says: it is new with each start. Default: `false`. */
  readonly memory?: boolean | undefined;
  /** The connections to the server. The embedded database has one. */
  readonly pool?: PoolConfig | undefined;
  /** Whether each request runs in one transaction. Default: `false`. */
  readonly transaction?: boolean | undefined;
  /** How separate that transaction is from others. Default: what the database says, `read committed`. */
  readonly isolation?: IsolationLevel | undefined;
  /** How long one statement may take. 0 is no limit beside the request's own. Default: 0. */
  readonly statementTimeoutMs?: number | undefined;
  /** The folder of migrations, from the working directory. Default: none. */
  readonly migrations?: string | undefined;
  /** Whether mounting runs pending migrations. Default: `true` for the embedded database, `false` for a server. */
  readonly migrateOnMount?: boolean | undefined;
}

/** Options of `new PgPlugin`. From `faas.yaml` come `name`, `type` and `config`. */
export interface PgOptions extends Partial<Omit<PluginOptions, "config">> {
  readonly config?: PgConfig | undefined;
}
