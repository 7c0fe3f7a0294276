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
): Promise<OpenedJobs> {
  let concurrency = 10;
  const define = () => defineJob({ queue: "bench", concurrency, handler: ({ params }) => onHandled(params) });
  const enqueuing = define();
  const jobs = createJobs({ db, jobs: [enqueuing], logger: silentLogger });
  await jobs.start();
  return {
    enqueue: (payload) => jobs.enqueue(enqueuing, payload),
    async fill(count) {
      const rows = `SELECT 'bench', '{"payload":{}}', 30 FROM generate_series(1, ${count})`;
      await db.executeQuery(
        CompiledQuery.raw(`INSERT INTO jobs.job (name, data, heartbeat_seconds) ${rows}`),
      );
      await db.executeQuery(CompiledQuery.raw("ANALYZE jobs.job_common"));
    },
    async work(wanted) {
      concurrency = wanted;
      const working = createJobs({ db, jobs: [define()], logger: silentLogger });
      const worker = await working.work();
      return async () => {
        await worker.stop();
        await working.close();
      };
    },
    async close() {
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
    return open(new Kysely({ dialect: new PostgresDialect({ pool }) }), onHandled, async () => {});
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
