import { createRecordingLogger } from "@x/server/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createJobs } from "./create-jobs.ts";
import { defineJob } from "./job/define-job.ts";
import type { Job } from "./job/job.ts";
import type { Jobs } from "./jobs.ts";
import { eventually } from "./test-support/eventually.ts";
import {
  ENGINES,
  missingEngine,
  openTestDatabase,
  type TestDatabase,
} from "./test-support/open-test-database.ts";

describe.each(ENGINES)("on %s", (engine) => {
  describe.skipIf(missingEngine(engine) !== undefined)("jobs", () => {
    let opened: TestDatabase;

    beforeAll(async () => {
      opened = await openTestDatabase(engine);
      await sql`create table effects (job text not null)`.execute(opened.db);
    });
    afterAll(() => opened.close());

    const open = (jobs: readonly Job[]): Jobs =>
      createJobs({ db: opened.db, jobs, logger: createRecordingLogger().logger });
    const settled = (jobs: Jobs, id: string) =>
      eventually(async () => {
        const job = await jobs.show(id);
        return job.endedAt && job;
      });

    it("run once, with what the schema made of the payload", async () => {
      const seen: unknown[] = [];
      const job = defineJob({
        queue: "plain",
        schema: z.object({
          at: z.string().transform((text) => new Date(text)),
          note: z.string().default("none"),
        }),
        handler({ params, attempt, job: event, signal, context }) {
          seen.push([params, attempt, event.isLastAttempt, signal.aborted, context.runtime]);
          return { done: true };
        },
      });
      await using jobs = open([job]);
      await jobs.work({ pollIntervalMs: 50 });
      const { id, queue, isNew } = await jobs.enqueue(job, { at: "2026-01-01T00:00:00.000Z" });
      expect([queue, isNew]).toEqual(["plain", true]);
      expect(await settled(jobs, id)).toMatchObject({
        state: "completed",
        attempts: 1,
        result: { done: true },
      });
      expect(seen).toEqual([[{ at: new Date("2026-01-01"), note: "none" }, 1, false, false, "job"]]);
    });

    it("exist exactly when the transaction that enqueues them is committed", async () => {
      const ran: unknown[] = [];
      const job = defineJob({ queue: "tx", handler: ({ params }) => void ran.push(params["n"]) });
      await using jobs = open([job]);
      await jobs.start();
      await jobs.work({ pollIntervalMs: 50 });
      const undone = opened.db.transaction().execute(async (tx) => {
        await jobs.enqueue(job, { n: "rolled back" }, { db: tx });
        throw new Error("undo");
      });
      await expect(undone).rejects.toThrow("undo");
      const { id } = await opened.db
        .transaction()
        .execute((tx) => jobs.enqueue(job, { n: "committed" }, { db: tx }));
      await settled(jobs, id);
      expect(ran).toEqual(["committed"]);
    });

    it("are enqueued many at a time, all or none, and once by their keys", async () => {
      const job = defineJob({
        queue: "many",
        schema: z.object({ n: z.number() }),
        handler: ({ params }) => params.n,
      });
      await using jobs = open([job]);
      expect(await jobs.enqueueAll(job, [])).toEqual([]);
      // What comes from outside has no type.
      const broken = jobs.enqueueAll(job, [{ n: 1 }, { n: "two" as never }]);
      await expect(broken).rejects.toMatchObject({ code: "INVALID_PAYLOAD" });
      expect(await jobs.list({ queue: "many" })).toEqual([]);
      const key = ({ n }: { n: number }) => `number ${n}`;
      const [one] = await jobs.enqueueAll(job, [{ n: 1 }], { key });
      const later = new Date(Date.now() + 60_000);
      const all = await jobs.enqueueAll(job, [{ n: 1 }, { n: 2 }, { n: 2 }, { n: 3 }], { key, runAt: later });
      expect(all.map(({ isNew }) => isNew)).toEqual([false, true, false, true]);
      expect([all[0]!.id, all[1]!.id]).toEqual([one!.id, all[2]!.id]);
      expect(await jobs.show(all[3]!)).toMatchObject({ state: "waiting", dueAt: later, payload: { n: 3 } });
      expect(await jobs.enqueueAll(job, [{ n: 4 }, { n: 4 }])).toMatchObject([
        { isNew: true },
        { isNew: true },
      ]);
      await jobs.work({ pollIntervalMs: 50 });
      expect(await settled(jobs, one!.id)).toMatchObject({ result: 1 });
      const undone = opened.db.transaction().execute(async (tx) => {
        await jobs.enqueueAll(job, [{ n: 5 }, { n: 6 }], { db: tx });
        throw new Error("undo");
      });
      await expect(undone).rejects.toThrow("undo");
      expect(await jobs.list({ queue: "many" })).toHaveLength(5);
    });

    it("fail, wait and are tried again, until attempts run out and the dead letter gets them", async () => {
      const attempts: number[] = [];
      const dead = defineJob({ queue: "dead", handler: ({ params }) => params["n"] });
      const job = defineJob({
        queue: "failing",
        retries: 2,
        retryDelaySeconds: 0,
        deadLetter: dead,
        handler({ attempt }) {
          attempts.push(attempt);
          throw new Error(`attempt ${attempt}`);
        },
      });
      await using jobs = open([job, dead]);
      await jobs.work({ pollIntervalMs: 50 });
      const { id } = await jobs.enqueue(job, { n: 7 });
      expect(await settled(jobs, id)).toMatchObject({
        state: "failed",
        failure: "attempt 3",
        maxAttempts: 3,
      });
      expect(attempts).toEqual([1, 2, 3]);
      const letter = await eventually(
        async () => (await jobs.list({ queue: "dead", state: "completed" }))[0],
      );
      expect(letter).toMatchObject({ payload: { n: 7 }, result: 7 });
      await jobs.retry(id);
      await eventually(() => attempts.length === 4);
    });

    it("wait longer after each failure, with jitter", async () => {
      const job = defineJob({
        queue: "backoff",
        retryDelaySeconds: 100,
        retryDelayMaxSeconds: 1_000,
        handler() {
          throw new Error("no");
        },
      });
      await using jobs = open([job]);
      await jobs.work({ pollIntervalMs: 50 });
      const ids = await Promise.all(Array.from({ length: 5 }, async () => (await jobs.enqueue(job)).id));
      const delays = await Promise.all(
        ids.map((id) =>
          eventually(async () => {
            const { dueAt, failure } = await jobs.show(id);
            return failure !== undefined && (dueAt.getTime() - Date.now()) / 1_000;
          }),
        ),
      );
      for (const delay of delays)
        expect(delay).toSatisfy((seconds: number) => seconds > 90 && seconds <= 200);
      expect(new Set(delays.map(Math.round)).size).toBeGreaterThan(1);
    });

    it("end for good when a handler gives up, or the payload does not fit any more", async () => {
      const job = defineJob({
        queue: "final",
        schema: z.object({ n: z.number() }),
        handler({ giveUp, params }) {
          giveUp(`no use with ${params.n}`);
        },
      });
      await using jobs = open([job]);
      const [first, second] = [await jobs.enqueue(job, { n: 1 }), await jobs.enqueue(job, { n: 2 })];
      await sql`update jobs.job set data = '{"payload":{"n":"two"}}' where id = ${second.id}`.execute(
        opened.db,
      );
      await jobs.work({ pollIntervalMs: 50 });
      expect(await settled(jobs, first.id)).toMatchObject({
        state: "failed",
        attempts: 1,
        failure: "no use with 1",
      });
      const { failure, attempts } = await settled(jobs, second.id);
      expect([failure?.includes("n: "), attempts]).toEqual([true, 1]);
    });

    it("commit what a transactional handler wrote together with their completion", async () => {
      const job = defineJob({
        queue: "transactional",
        transactional: true,
        retries: 1,
        retryDelaySeconds: 0,
        async handler({ tx, attempt, job: { id } }) {
          await sql`insert into effects values (${`${id} ${attempt}`})`.execute(tx);
          if (attempt === 1) throw new Error("after the write");
        },
      });
      await using jobs = open([job]);
      await jobs.work({ pollIntervalMs: 50 });
      const { id } = await jobs.enqueue(job);
      expect(await settled(jobs, id)).toMatchObject({ state: "completed", attempts: 2 });
      const { rows } = await sql`select job from effects where job like ${`${id}%`}`.execute(opened.db);
      expect(rows).toEqual([{ job: `${id} 2` }]);
    });

    it("are enqueued once for a key, also from a transaction, and by several at once", async () => {
      const job = defineJob({ queue: "keyed", handler: () => {} });
      await using jobs = open([job]);
      await jobs.start();
      const enqueued = await Promise.all([
        jobs.enqueue(job, {}, { key: "order 1" }),
        jobs.enqueue(job, {}, { key: "order 1" }),
        opened.db.transaction().execute((tx) => jobs.enqueue(job, {}, { key: "order 1", db: tx })),
      ]);
      expect(new Set(enqueued.map(({ id }) => id)).size).toBe(1);
      expect(enqueued.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect((await jobs.enqueue(job, {}, { key: "order 2" })).isNew).toBe(true);
    });

    it("come in the order of their priority, and not before their time", async () => {
      const ran: unknown[] = [];
      const job = defineJob({
        queue: "ordered",
        concurrency: 1,
        handler: ({ params }) => void ran.push(params["n"]),
      });
      await using jobs = open([job]);
      await jobs.enqueue(job, { n: "later" }, { runAt: new Date(Date.now() + 3_600_000) });
      await jobs.enqueue(job, { n: "second" });
      await jobs.enqueue(job, { n: "first" }, { priority: 10 });
      const { id } = await jobs.enqueue(job, { n: "third" }, { priority: -1 });
      await jobs.work({ pollIntervalMs: 50 });
      await settled(jobs, id);
      expect(ran).toEqual(["first", "second", "third"]);
    });
  });
});
