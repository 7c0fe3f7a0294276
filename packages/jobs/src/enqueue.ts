import type { JobInsert, PgBoss } from "pg-boss";
import { toBossRunner } from "./database/boss-database.ts";
import type { Envelope } from "./envelope.ts";
import { toJobId } from "./job-id.ts";
import type { Job } from "./job/job.ts";
import { toPayload } from "./job/payload.ts";
import { toVersionedQueue } from "./job/queue-name.ts";
import { toQueueOptions } from "./job/queue-options.ts";
import type { Tracing } from "./trace/trace-context.ts";
import type { EnqueuedJob, EnqueueOptions } from "./types.ts";

/** One payload, and by what it is enqueued once. */
export interface Sending {
  readonly payload: unknown;
  readonly key?: string | undefined;
}

/** What is sent, and where. */
export interface EnqueueParts {
  readonly boss: PgBoss;
  readonly tracing: Tracing;
  readonly job: Job;
  readonly sendings: readonly Sending[];
  readonly options: Omit<EnqueueOptions, "key">;
  /** The time of the schedule that it stands for. */
  readonly slot?: Date | undefined;
}

/**
 * Enqueues all of them by one statement. Nothing is sent where one payload does not fit.
 *
 * @throws ServerError `INVALID_PAYLOAD`, and whatever the database throws.
 */
export async function sendJobs(parts: EnqueueParts): Promise<EnqueuedJob[]> {
  const { boss, tracing, job, sendings, options, slot } = parts;
  const { queue, schema, versions } = job;
  const trace = tracing.inject();
  const common = toCommonFields(job, options);
  const inserts = new Map<string, JobInsert>();
  const ids: string[] = [];
  for (const { payload, key } of sendings) {
    const id = key === undefined ? crypto.randomUUID() : toJobId(queue, key);
    const data: Envelope = {
      payload: await toPayload(queue, schema, payload),
      slot: slot?.toISOString(),
      trace,
    };
    ids.push(id);
    // Of two with one key the first counts, as if they came one after the other.
    if (!inserts.has(id)) inserts.set(id, { ...common, id, data });
  }
  if (inserts.size === 0) return [];
  const created = await boss.insert(toVersionedQueue(queue, versions.current), [...inserts.values()], {
    returnId: true,
    ...(options.db && { db: toBossRunner(options.db) }),
  });
  const fresh = new Set(created);
  return ids.map((id) => ({ id, queue, isNew: fresh.delete(id) }));
}

/** What is particular to one call comes over what the definition says, which may have changed since the start. */
function toCommonFields(job: Job, { runAt, priority }: EnqueueParts["options"]): JobInsert {
  return {
    ...toQueueOptions(job),
    priority: priority ?? job.limits.priority,
    ...(runAt && { startAfter: runAt }),
  };
}
