import type { StandardSchemaV1 } from "@standard-schema/spec";
import { Job } from "./job.ts";
import type { JobOptions, PayloadOf } from "./job-options.ts";

/**
 * Defines a function that runs in the background. A file `<name>.job.ts` exports it by default; `faas.yaml` configures
 * its plugins as it does those of APIs.
 *
 * @example
 * ```ts
 * import { defineJob } from "@x/jobs";
 * import { z } from "zod";
 *
 * export default defineJob({
 *   queue: "mails/welcome",
 *   schema: z.object({ address: z.email() }),
 *   retries: 5,
 *   async handler({ params, attempt, signal, logger }) {
 *     logger.info("attempt %d for %s", attempt, params.address);
 *     await fetch("https://mail.example/send", { method: "POST", body: params.address, signal });
 *   },
 * });
 * ```
 *
 * @throws ServerError `INVALID_JOB`, `INVALID_FUNC` for options from which no job can be made.
 */
export function defineJob<
  Result,
  Schema extends StandardSchemaV1 | undefined = undefined,
  Transactional extends boolean = false,
>(options: JobOptions<Schema, Result, Transactional>): Job<PayloadOf<Schema>, Result> {
  // The schema's types matter to the handler and to whoever enqueues.
  return new Job(options as never);
}
