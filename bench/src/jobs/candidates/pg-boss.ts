import { PGlite } from "@electric-sql/pglite";
import { type ConstructorOptions, fromPglite, PgBoss } from "pg-boss";
import type { JobsCandidate, OpenedJobs } from "../jobs-candidate.ts";

async function open(
  options: ConstructorOptions,
  onHandled: (payload: unknown) => void,
  close: () => Promise<void>,
): Promise<OpenedJobs> {
  const boss = new PgBoss({ ...options, schema: "boss", schedule: false });
  boss.on("error", () => {});
  await boss.start();
  await boss.createQueue("bench", { heartbeatSeconds: 30, notify: true });
  return {
    enqueue: (payload) => boss.send("bench", payload),
    async fill(count) {
      const rows = `SELECT 'bench', '{}', 30 FROM generate_series(1, ${count})`;
      await boss.getDb().executeSql(`INSERT INTO boss.job (name, data, heartbeat_seconds) ${rows}`);
      await boss.getDb().executeSql("ANALYZE boss.job_common");
    },
    async work(concurrency) {
      // Its fastest way in which one job's failure is its own: batches, each settled by one statement.
      const settings = { batchSize: concurrency, burstWhenBatchFull: true, perJobResults: true } as const;
      await boss.work<object>("bench", settings, (jobs) =>
        Promise.all(
          jobs.map(async ({ id, data }) => {
            onHandled(data);
            return { id, status: "completed" as const };
          }),
        ),
      );
      return () => boss.offWork("bench", { wait: true });
    },
    async close() {
      await boss.stop({ graceful: false });
      await close();
    },
  };
}

export const onPostgres: JobsCandidate = {
  name: "pg-boss",
  packages: ["pg-boss"],
  open: ({ postgresUrl }, onHandled) =>
    open({ connectionString: postgresUrl, max: 10, useListenNotify: true }, onHandled, async () => {}),
};

export const onPglite: JobsCandidate = {
  name: "pg-boss",
  packages: ["pg-boss"],
  async open(_stores, onHandled) {
    const pglite = await PGlite.create();
    return open({ db: fromPglite(pglite), backend: "pglite", useListenNotify: true }, onHandled, () =>
      pglite.close(),
    );
  },
};
