import { type ConfigShape, defineConfigSchema } from "@x/server";
import type { IsolationLevel, PgConfig } from "./pg-config.ts";

/** Those that Postgres tells apart. */
const ISOLATION_LEVELS: readonly IsolationLevel[] = ["read committed", "repeatable read", "serializable"];
/** Nothing but these has a secret in it. */
const SECRETS: ReadonlySet<string> = new Set(["url"]);

const text = (description: string): ConfigShape => ({ type: "string", minLength: 1, description });
const flag = (description: string): ConfigShape => ({ type: "boolean", description });
const integer = (minimum: number, description: string): ConfigShape => ({
  type: "integer",
  minimum,
  // A longer timer of Node ends at once.
  maximum: 2_147_483_647,
  description,
});

/** What `config` may hold. */
export const PG_SHAPE: ConfigShape = {
  type: "object",
  description: "A Postgres database, embedded or on a server.",
  additionalProperties: false,
  properties: {
    url: {
      ...text("A Postgres server: postgres://user:password@host/name. Default: embedded."),
      pattern: "^postgres(ql)?://",
      patternErrorMessage: "must begin with postgres:// or postgresql://",
    },
    folder: text("Where the embedded database keeps its files. Default: .data/pg."),
    memory: flag("Keeps the embedded database in memory. Default: false."),
    pool: {
      type: "object",
      description: "The connections to the server.",
      additionalProperties: false,
      properties: {
        max: integer(1, "The most connections at a time. Default: 10."),
        connectTimeoutMs: integer(1, "How long a request waits for one. Default: 5000."),
        idleTimeoutMs: integer(1, "How long an idle one stays open. Default: 10000."),
        maxLifetimeSeconds: integer(1, "How old one becomes. Default: any age."),
      },
    },
    transaction: flag("Whether each request runs in one transaction. Default: false."),
    isolation: {
      type: "string",
      enum: ISOLATION_LEVELS,
      description: "How separate that transaction is from others. Default: read committed.",
    },
    statementTimeoutMs: integer(0, "How long one statement may take. Default: 0, no limit."),
    migrations: text("The folder of migrations, from the working directory."),
    migrateOnMount: flag(
      "Whether mounting runs pending migrations. Default: true for the embedded database.",
    ),
  },
};

/** Checks `config`. */
export const pgConfigSchema = defineConfigSchema<PgConfig>(PG_SHAPE);

/** Everything but the URL, which has the password in it. */
export const PUBLIC_CONFIG: readonly string[] = Object.keys(PG_SHAPE.properties ?? {}).filter(
  (key) => !SECRETS.has(key),
);
