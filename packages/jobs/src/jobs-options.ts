import type { Instrument, Logger } from "@x/server";
import type { Job } from "./job/job.ts";
import type { JobDatabase } from "./types.ts";

/** Options of `createJobs`. */
export interface JobsOptions {
  /** Where jobs are kept: a Kysely over PostgreSQL 13 or newer, or over PGlite. It is yours to close. */
  readonly db: JobDatabase;
  /**
   * The same database as a connection string, for workers to be told at once of what any process enqueues, by one more
   * connection each. It has to lead to the server itself, past a pooler of transactions. Default: none; they look.
   */
  readonly listen?: string | undefined;
  /** The folder of the job files: a path from the working directory, or a `file:` URL. */
  readonly root?: string | URL | undefined;
  /** Jobs without a file. With `root` as well, both count. */
  readonly jobs?: readonly Job[] | undefined;
  /** The schema of the database in which all tables are. Default: `jobs`. */
  readonly schema?: string | undefined;
  /** Whether tables are made and migrated at the start. Default: `true`. */
  readonly migrate?: boolean | undefined;
  /** Whose sections of `faas.yaml` count beside `defaults`. Default: `development`. */
  readonly stage?: string | undefined;
  /** The variables that `${NAME}` in `faas.yaml` stands for. Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Default: JSON lines by pino, without the values that `${NAME}` stands for. */
  readonly logger?: Logger | undefined;
  /** Wraps the steps of every job, such as to trace them. */
  readonly instrument?: Instrument | undefined;
}
