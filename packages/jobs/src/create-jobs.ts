import { ServerError } from "@x/server";
import { Jobs } from "./jobs.ts";
import type { JobsOptions } from "./jobs-options.ts";

/**
 * Keeps jobs in a database. Whatever enqueues, works or looks does it through what this gives.
 *
 * @example
 * ```ts
 * import { createJobs, defineJob } from "@x/jobs";
 * import type { Kysely } from "kysely";
 *
 * declare const db: Kysely<{ orders: { id: number } }>;
 * const welcome = defineJob({ queue: "mails/welcome", handler: ({ params }) => console.log(params) });
 *
 * const jobs = createJobs({ db, jobs: [welcome] });
 * await jobs.enqueue(welcome, { user: 1 }, { key: "welcome 1" });
 * await using worker = await jobs.work();
 * ```
 *
 * @throws ServerError `INVALID_JOBS` for options from which none can be made.
 */
export function createJobs(options: JobsOptions): Jobs {
  const { db, schema, root, jobs } = options ?? {};
  if (typeof db?.executeQuery !== "function" || typeof db.transaction !== "function")
    throw new ServerError("INVALID_JOBS", "jobs need a database: give createJobs({ db }) a Kysely");
  if (schema !== undefined && !/^[a-z_][a-z\d_]{0,49}$/.test(schema))
    throw new ServerError(
      "INVALID_JOBS",
      `the schema "${schema}" of the jobs is no plain name: take lower-case letters, digits and _`,
    );
  if (root === undefined && jobs === undefined)
    throw new ServerError(
      "INVALID_JOBS",
      "there are no jobs: name the root of the job files, or give jobs: [ … ]",
    );
  return new Jobs(options);
}
