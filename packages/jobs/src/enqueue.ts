import type { PgBoss, SendOptions } from "pg-boss";
import { toBossRunner } from "./database/boss-database.ts";
import type { Envelope } from "./envelope.ts";
import { toJobId } from "./job-id.ts";
import type { Job } from "./job/job.ts";
import { toPayload } from "./job/payload.ts";
import { toVersionedQueue } from "./job/queue-name.ts";
import { toQueueOptions } from "./job/queue-options.ts";
import type { Tracing } from "./trace/trace-context.ts";
import type { EnqueuedJob, EnqueueOptions } from "./types.ts";

/** What is sent, and where. */
export interface EnqueueParts {
  readonly boss: PgBoss;
  readonly tracing: Tracing;
  readonly job: Job;
  readonly payload: unknown;
  readonly options: EnqueueOptions;
  /** The time of the schedule that it stands for. */
  readonly slot?: Date | undefined;
}

/** @throws ServerError `INVALID_PAYLOAD`, and whatever the database throws. */
export async function sendJob({
  boss,
  tracing,
  job,
  payload,
  options,
  slot,
}: EnqueueParts): Promise<EnqueuedJob> {
  const { queue } = job;
  const { key } = options;
  const envelope: Envelope = {
    payload: await toPayload(queue, job.schema, payload),
    slot: slot?.toISOString(),
    trace: tracing.inject(),
  };
  const id = key === undefined ? crypto.randomUUID() : toJobId(queue, key);
  const created = await boss.send(
    toVersionedQueue(queue, job.versions.current),
    envelope,
    toSendOptions(job, options, id),
  );
  return { id, queue, isNew: created !== null };
}

/** What is particular to one job comes over what its definition says. A definition may have changed since the start. */
function toSendOptions(job: Job, { runAt, priority, db }: EnqueueOptions, id: string): SendOptions {
  return {
    ...toQueueOptions(job),
    id,
    priority: priority ?? job.limits.priority,
    ...(runAt && { startAfter: runAt }),
    ...(db && { db: toBossRunner(db) }),
  };
}
