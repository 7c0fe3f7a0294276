import type { JobRecord, Jobs } from "@x/jobs";
import { isServerError } from "@x/server";
import { sql } from "kysely";
import type { Figure } from "./figures.ts";
import type { LedgerDatabase } from "./ledger-jobs.ts";

/** Waits until every job has ended, and gives them. It rides out a database that is away for a while. */
export async function untilEnded(
  jobs: Jobs,
  ids: readonly string[],
  patienceMs: number,
): Promise<JobRecord[]> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const records = await Promise.all(ids.map((id) => jobs.show(id))).catch((error: unknown) => {
      // That a job is gone is never to be waited out.
      if (isServerError(error) && error.code === "JOB_NOT_FOUND") throw error;
      return [];
    });
    if (records.length === ids.length && records.every(({ endedAt }) => endedAt)) return records;
    if (performance.now() > end)
      throw new Error(`not all have ended: ${JSON.stringify(records.filter(({ endedAt }) => !endedAt))}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What the ledger says of these jobs. */
export async function toFigure(
  db: LedgerDatabase,
  scenario: string,
  records: readonly JobRecord[],
  since?: number,
): Promise<Figure> {
  const ids = records.map(({ id }) => id);
  const { rows } = await sql<{ job: string; count: number }>`
    select job, count(*)::int as count from ledger where job = any(${ids}) group by job`.execute(db);
  const counts = ids.map((id) => rows.find(({ job }) => job === id)?.count ?? 0);
  const last = Math.max(...records.map(({ endedAt }) => Number(endedAt)));
  return {
    scenario,
    enqueued: ids.length,
    completed: records.filter(({ state }) => state === "completed").length,
    effects: [Math.min(...counts), Math.max(...counts)],
    recoverySeconds: since === undefined ? undefined : (last - since) / 1_000,
  };
}
