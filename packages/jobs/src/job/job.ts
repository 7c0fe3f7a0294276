import { Func, ServerError } from "@x/server";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { Schedule } from "../schedule/schedule.ts";
import type { JobData, JobEvent } from "../types.ts";
import { toJobFields } from "./job-fields.ts";
import { type JobLimits, toJobLimits } from "./job-limits.ts";
import type { DeadLetter, JobOptions } from "./job-options.ts";
import { checkPayload } from "./payload.ts";
import { assertQueueName } from "./queue-name.ts";
import { Versions } from "./versions.ts";

/** A function that runs in the background: a `Func` of the runtime `job`, with a queue. */
export class Job<Payload = unknown, Result = unknown> extends Func<Promise<Awaited<Result>>, JobEvent> {
  readonly queue: string;
  readonly versions: Versions;
  readonly limits: JobLimits;
  readonly schedule: Schedule | undefined;
  /** The job that gets the payload once all attempts have failed. */
  readonly deadLetter: DeadLetter | undefined;
  readonly transactional: boolean;
  /** What payloads are checked by. */
  readonly schema: StandardSchemaV1<Payload, unknown> | undefined;

  /** @throws ServerError `INVALID_JOB`, `INVALID_FUNC` for options from which no job can be made. */
  constructor(options: JobOptions<StandardSchemaV1 | undefined, Result, boolean>) {
    const { queue, schema, version, upgrade, cron, deadLetter, transactional = false } = options ?? {};
    const { handler, plugins, config, mountTimeoutMs } = options ?? {};
    assertQueueName(queue);
    if (schema !== undefined && typeof schema["~standard"]?.validate !== "function")
      throw new ServerError(
        "INVALID_JOB",
        `the schema of "${queue}" is no Standard Schema: take one from zod, valibot or another library that has it`,
      );
    const versions = new Versions(queue, version, upgrade);
    const run = async (data: JobData<unknown, never>) => {
      const fields = toJobFields(queue, versions.current, data);
      if (fields !== data) Object.assign(data, fields);
      const { payload: given, version: from } = fields.job;
      const payload = from === versions.current ? given : await versions.toCurrent(given, from);
      const params = schema ? await checkPayload(queue, schema, payload) : payload;
      return await handler(Object.assign(data, { params }));
    };
    super({
      name: queue,
      runtime: "job",
      // A function without a handler is for `Func` to refuse.
      handler: (typeof handler === "function" ? run : handler) as never,
      plugins,
      config,
      mountTimeoutMs,
    });
    if (deadLetter?.queue === queue)
      throw new ServerError("INVALID_JOB", `"${queue}" is its own dead letter: name another job`);
    this.queue = queue;
    this.versions = versions;
    this.limits = toJobLimits(queue, options);
    this.schedule = cron === undefined ? undefined : new Schedule(queue, cron);
    this.deadLetter = deadLetter;
    this.transactional = transactional;
    // Who defines a job gives payload and schema one type.
    this.schema = schema as StandardSchemaV1<Payload, unknown> | undefined;
  }
}
