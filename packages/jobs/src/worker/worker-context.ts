import type { Logger } from "@x/server";
import type { PgBoss } from "pg-boss";
import type { JobTable } from "../database/job-table.ts";
import type { ProgressTable } from "../progress/progress-table.ts";
import type { Tracing } from "../trace/trace-context.ts";
import type { JobDatabase } from "../types.ts";

/** What all parts of a worker share. */
export interface WorkerContext {
  readonly db: JobDatabase;
  readonly boss: PgBoss;
  readonly table: JobTable;
  readonly progress: ProgressTable;
  readonly tracing: Tracing;
  readonly logger: Logger;
}
