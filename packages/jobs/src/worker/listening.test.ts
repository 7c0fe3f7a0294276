import { createRecordingLogger } from "@x/server/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createJobs } from "../create-jobs.ts";
import { defineJob } from "../job/define-job.ts";
import { eventually } from "../test-support/eventually.ts";
import { missingEngine, openTestDatabase, type TestDatabase } from "../test-support/open-test-database.ts";

/** Later than any test waits: whoever runs a job before has been told of it. */
const NEVER_MS = 600_000;

describe.skipIf(missingEngine("PostgreSQL") !== undefined)("a worker that listens", () => {
  let opened: TestDatabase;

  beforeAll(async () => {
    opened = await openTestDatabase("PostgreSQL");
  });
  afterAll(() => opened.close());

  /** A worker of one process, and what another one enqueues by. */
  const open = (queue: string, listen = opened.url) => {
    const { logger, lines } = createRecordingLogger();
    const ran: unknown[] = [];
    const job = defineJob({ queue, handler: ({ params }) => void ran.push(params["n"]) });
    const [working, enqueuing] = [1, 2].map(() => createJobs({ db: opened.db, listen, jobs: [job], logger }));
    return { job, ran, lines, working: working!, enqueuing: enqueuing! };
  };
  const listeners = async () => {
    const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
      where datname = current_database() and application_name = 'pgboss'`.execute(opened.db);
    return rows.map(({ pid }) => pid);
  };

  it("runs at once what another process enqueues, in a transaction or not, and ends its connection", async () => {
    const { job, ran, working, enqueuing } = open("listening/told");
    await using jobs = enqueuing;
    await jobs.start();
    const worker = await working.work({ pollIntervalMs: NEVER_MS });
    await jobs.enqueue(job, { n: 1 });
    await eventually(() => ran.length === 1);
    await opened.db.transaction().execute((tx) => jobs.enqueue(job, { n: 2 }, { db: tx }));
    await eventually(() => ran.length === 2);
    await jobs.enqueueAll(job, [{ n: 3 }, { n: 4 }]);
    await eventually(() => ran.length === 4);
    expect(await listeners()).toHaveLength(1);
    await worker.stop();
    await working.close();
    await eventually(async () => (await listeners()).length === 0);
  });

  it("finds what it has not heard once its connection is back", async () => {
    const { job, ran, lines, working, enqueuing } = open("listening/cut");
    await using jobs = enqueuing;
    await working.work({ pollIntervalMs: NEVER_MS });
    await eventually(async () => (await listeners()).length === 1);
    for (const pid of await listeners()) await sql`select pg_terminate_backend(${pid})`.execute(opened.db);
    await eventually(async () => (await listeners()).length === 0);
    await jobs.enqueue(job, { n: 1 });
    await eventually(() => ran.length === 1);
    expect(lines).toContainEqual(expect.objectContaining({ level: "warn" }));
    await working.close();
  });

  it("looks at its interval where it cannot listen, and says so", async () => {
    const { job, ran, lines, working, enqueuing } = open("listening/deaf", "postgres://127.0.0.1:1/none");
    await using jobs = enqueuing;
    await working.work({ pollIntervalMs: 50 });
    await jobs.enqueue(job, { n: 1 });
    await eventually(() => ran.length === 1);
    expect(lines).toContainEqual(expect.objectContaining({ level: "warn" }));
    await working.close();
  });
});
