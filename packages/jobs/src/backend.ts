import { isServerError, type Logger, ServerError } from "@x/server";
import type { PgBoss } from "pg-boss";
import { createBoss, stopBoss } from "./database/boss.ts";
import { createTables } from "./database/tables.ts";
import type { Job } from "./job/job.ts";
import { toQueueOptions } from "./job/queue-options.ts";
import { toVersionedQueue } from "./job/queue-name.ts";
import type { JobsOptions } from "./jobs-options.ts";
import type { LoadedJob, LoadedJobs } from "./load/load-jobs.ts";
import { MountedJobs } from "./load/mounted-jobs.ts";
import { messageOf } from "./message-of.ts";
import { loadTracing, type Tracing } from "./trace/trace-context.ts";
import type { JobDatabase } from "./types.ts";

/** What enqueueing, working and looking stand on, once it is started. */
export interface Backend {
  readonly db: JobDatabase;
  readonly schema: string;
  /** Where workers listen. */
  readonly listen: string | undefined;
  readonly boss: PgBoss;
  readonly tracing: Tracing;
  readonly logger: Logger;
  /** By queue. */
  readonly jobs: ReadonlyMap<string, LoadedJob>;
  /** Where jobs are mounted with the sections of this stage, else with those of the options' stage. */
  toMounted(stage?: string): MountedJobs;
  /** The queues of all versions. */
  queues(): readonly string[];
}

const SCHEMA = "jobs";
/** No job has it. */
const NO_ID = "00000000-0000-0000-0000-000000000000";

/** @throws ServerError `JOBS_UNAVAILABLE` for a database that fails. */
export async function startBackend(
  options: JobsOptions,
  { root, byQueue: jobs }: LoadedJobs,
): Promise<Backend> {
  const { db, schema = SCHEMA, migrate = true, listen, instrument, stage, env } = options;
  const secrets = new Set<string>();
  const [{ createDefaultLogger, ProjectConfig }, tracing] = await Promise.all([
    import("@x/server/tooling"),
    loadTracing(),
  ]);
  const logger = options.logger ?? createDefaultLogger({ secrets: () => [...secrets] });
  const mounted = new Map<string | undefined, MountedJobs>();
  const toMounted = (chosen = stage): MountedJobs => {
    const existing = mounted.get(chosen);
    if (existing) return existing;
    const project = new ProjectConfig({ root, stage: chosen, ...(env && { env }) });
    const created = new MountedJobs({ logger, instrument, root, project, secrets });
    mounted.set(chosen, created);
    return created;
  };
  const queues = [...jobs.values()].flatMap(({ job }) => toQueues(job));
  const boss = await createBoss({ db, schema, migrate, supervise: false, logger });
  try {
    await boss.start();
    if (migrate) await createTables(db, schema);
    await prepareQueues(
      boss,
      [...jobs.values()].map(({ job }) => job),
      listen !== undefined,
    );
  } catch (error) {
    await stopBoss(boss);
    throw isServerError(error) ? error : toUnavailable(error, schema, migrate);
  }
  return { db, schema, listen, boss, tracing, logger, toMounted, jobs, queues: () => queues };
}

/** pg-boss has to know a queue before a transaction uses it: it would look it up outside of it. */
async function prepareQueues(boss: PgBoss, jobs: readonly Job[], isListening: boolean): Promise<void> {
  const existing = new Set((await boss.getQueues()).map(({ name }) => name));
  for (const job of jobs) {
    // Named by each job that it is meant for.
    const { deadLetter: _, ...limits } = toQueueOptions(job);
    // Left as it is where this program does not listen: another one may.
    const options = { ...limits, ...(isListening && { notify: true }) };
    for (const queue of toQueues(job)) {
      if (existing.has(queue)) await boss.updateQueue(queue, options);
      else await boss.createQueue(queue, options);
      await boss.findJobs(queue, { id: NO_ID });
    }
  }
}

/** Those of all versions that it knows. */
function toQueues({ queue, versions }: Job): string[] {
  return versions.known.map((version) => toVersionedQueue(queue, version));
}

function toUnavailable(cause: unknown, schema: string, migrate: boolean): ServerError {
  const hint = migrate ? "" : `; the tables are not made here, since migrate is false`;
  return new ServerError(
    "JOBS_UNAVAILABLE",
    `the jobs' tables in the schema "${schema}" cannot be used: ${messageOf(cause)}${hint}`,
    { cause },
  );
}
