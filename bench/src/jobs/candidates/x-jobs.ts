import { PGlite } from "@electric-sql/pglite";
import { createJobs, defineJob } from "@x/jobs";
import { silentLogger } from "@x/server/testing";
import { CompiledQuery, Kysely, PGliteDialect, PostgresDialect } from "kysely";
import { Pool } from "pg";
import type { JobsCandidate, OpenedJobs } from "../jobs-candidate.ts";

async function open(
  db: Kysely<Record<string, never>>,
  onHandled: (payload: unknown) => void,
  close: () => Promise<unknown>,
  listen?: string,
): Promise<OpenedJobs> {
  // The worker's limit is what counts: the job's own is out of its way.
  const define = () =>
    defineJob({ queue: "bench", concurrency: 1_000, handler: ({ params }) => onHandled(params) });
  const enqueuing = define();
  const jobs = createJobs({ db, listen, jobs: [enqueuing], logger: silentLogger });
  // As another process would, which has started before there is anything to do.
  const working = createJobs({ db, listen, jobs: [define()], logger: silentLogger });
  await jobs.start();
  await working.start();
  return {
    enqueue: (payload) => jobs.enqueue(enqueuing, payload),
    async fill(count) {
      const rows = `SELECT 'bench', '{"payload":{}}', 30 FROM generate_series(1, ${count})`;
      await db.executeQuery(
        CompiledQuery.raw(`INSERT INTO jobs.job (name, data, heartbeat_seconds) ${rows}`),
      );
      await db.executeQuery(CompiledQuery.raw("ANALYZE jobs.job_common"));
    },
    async work(concurrency) {
      const worker = await working.work({ concurrency });
      return () => worker.stop();
    },
    async close() {
      await working.close();
      await jobs.close();
      await db.destroy();
      await close();
    },
  };
}

export const onPostgres: JobsCandidate = {
  name: "@x/jobs",
  packages: ["@x/jobs", "kysely"],
  open({ postgresUrl }, onHandled) {
    const pool = new Pool({ connectionString: postgresUrl, max: 10 });
    return open(
      new Kysely({ dialect: new PostgresDialect({ pool }) }),
      onHandled,
      async () => {},
      postgresUrl,
    );
  },
};

export const onPglite: JobsCandidate = {
  name: "@x/jobs",
  packages: ["@x/jobs", "kysely"],
  async open(_stores, onHandled) {
    const pglite = await PGlite.create();
    // Nobody else has a transaction open here, so that the dialect may be used as it is.
    return open(new Kysely({ dialect: new PGliteDialect({ pglite }) }), onHandled, async () => {});
  },
};
