import { isServerError, ServerError } from "@x/server";
import { toBossRunner } from "../database/boss-database.ts";
import type { Job } from "../job/job.ts";
import { messageOf } from "../message-of.ts";
import type { Attempt } from "./attempt.ts";
import type { Completions } from "./completions.ts";
import { runHandler } from "./run-handler.ts";
import type { WorkerContext } from "./worker-context.ts";

/** What no further attempt would change. */
const FINAL: ReadonlySet<string> = new Set(["INVALID_PAYLOAD", "JOB_GIVEN_UP"]);
/** How long to wait before what has ended is written again, while the database cannot be reached. */
const REWRITE_MS = 500;

/**
 * Runs an attempt and writes how it ended. It never rejects.
 *
 * @param onHandled Called once, as soon as the handler is no longer waited for.
 */
export async function runAttempt(
  context: WorkerContext,
  job: Job,
  attempt: Attempt,
  completions: Completions,
  onHandled: () => void,
): Promise<void> {
  let output: string | null;
  try {
    output = await (job.transactional ? runInTransaction : runOutside)(context, job, attempt);
  } catch (error) {
    return settleFailure(context, attempt, attempt.abortedBy ?? error);
  } finally {
    onHandled();
  }
  if (!job.transactional) await complete(context, attempt, completions, output);
}

async function runOutside(context: WorkerContext, job: Job, attempt: Attempt): Promise<string | null> {
  return toOutput(await runHandler(context, job, attempt));
}

/** At least once: a worker that dies between the handler's end and this write leaves the job to another. */
async function complete(
  context: WorkerContext,
  attempt: Attempt,
  completions: Completions,
  output: string | null,
): Promise<void> {
  const { id, retryCount } = attempt;
  await rewrite(context, attempt, async () => {
    if (!(await completions.complete({ id, retryCount, output }))) noteLost(context, attempt);
  });
}

/** Exactly once: what the handler wrote is there when the job is completed, and only then. */
async function runInTransaction(context: WorkerContext, job: Job, attempt: Attempt): Promise<null> {
  const { db, table } = context;
  const { id, retryCount, queue } = attempt;
  await db.transaction().execute(async (tx) => {
    const output = toOutput(await runHandler(context, job, attempt, tx));
    const held = await table.complete(tx, queue, [{ id, retryCount, output }]);
    if (!held.has(id))
      throw new ServerError(
        "LEASE_LOST",
        `the lease of job ${id} of "${job.queue}" was lost before its transaction ended`,
      );
  });
  return null;
}

async function settleFailure(context: WorkerContext, attempt: Attempt, error: unknown): Promise<void> {
  const { logger, db, table } = context;
  const { id, queue } = attempt;
  const code = isServerError(error) ? error.code : undefined;
  if (code === "LEASE_LOST") return noteLost(context, attempt);
  if (code === "JOB_TIMEOUT") logger.error({ err: error, job: id, queue }, messageOf(error));
  await rewrite(context, attempt, async () => {
    if (code === "WORKER_STOPPED") await table.release(db, queue, [attempt]);
    else await fail(context, attempt, error, FINAL.has(code ?? ""));
  });
}

/** Fails the attempt, unless it is another worker's by now. pg-boss decides on when it is tried again. */
async function fail(
  context: WorkerContext,
  attempt: Attempt,
  error: unknown,
  isFinal: boolean,
): Promise<void> {
  const { db, table, boss } = context;
  const { id, queue } = attempt;
  await db.transaction().execute(async (tx) => {
    if (!(await table.lock(tx, queue, attempt))) return;
    if (isFinal) await table.exhaust(tx, queue, id);
    await boss.fail(queue, id, { message: messageOf(error) }, { db: toBossRunner(tx) });
  });
}

/** Writes until it succeeds, or until another worker may have the job anyway. */
async function rewrite(
  { logger }: WorkerContext,
  attempt: Attempt,
  write: () => Promise<unknown>,
): Promise<void> {
  const { id, queue, leaseMs } = attempt;
  for (;;)
    try {
      return void (await write());
    } catch (error) {
      const isOver = performance.now() - attempt.renewedAt >= leaseMs;
      logger.error(
        { err: error, job: id, queue },
        isOver ? LEFT : "the end of a job could not be written yet",
      );
      if (isOver) return;
      await new Promise((resolve) => setTimeout(resolve, REWRITE_MS));
    }
}

const LEFT = "the end of a job could not be written: it will run again";

function noteLost({ logger }: WorkerContext, { id, queue }: Attempt): void {
  logger.warn({ job: id, queue }, "a job was taken from this worker: its lease ran out, or it was cancelled");
}

/** What is kept of a handler's value: JSON, or nothing where there is none. */
function toOutput(value: unknown): string | null {
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return null;
  }
}
