import { createRecordingLogger } from "@x/server/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createJobs } from "../create-jobs.ts";
import { defineJob } from "../job/define-job.ts";
import type { Job } from "../job/job.ts";
import { eventually } from "../test-support/eventually.ts";
import {
  ENGINES,
  missingEngine,
  openTestDatabase,
  type TestDatabase,
} from "../test-support/open-test-database.ts";
import type { MissedPolicy } from "./schedule.ts";

/** Hourly, and half an hour away from now, so that no run of these tests meets it. */
const HOURLY = `${(new Date().getUTCMinutes() + 30) % 60} * * * *`;

describe.each(ENGINES)("on %s", (engine) => {
  describe.skipIf(missingEngine(engine) !== undefined)("schedules", () => {
    let opened: TestDatabase;
    beforeAll(async () => {
      opened = await openTestDatabase(engine);
    });
    afterAll(() => opened.close());

    const open = (jobs: readonly Job[]) =>
      createJobs({ db: opened.db, jobs, logger: createRecordingLogger().logger });
    const lastSlotOf = async (queue: string) => {
      const { rows } = await sql<{ last_slot: Date }>`
      select last_slot from jobs.schedule_slot where queue = ${queue}`.execute(opened.db);
      return rows[0]?.last_slot;
    };
    /** As though no worker had run for so long. */
    const beAway = async (queue: string, hours: number) => {
      const since = new Date(Date.now() - hours * 3_600_000);
      await sql`insert into jobs.schedule_slot values (${queue}, ${since})
      on conflict (queue) do update set last_slot = ${since}`.execute(opened.db);
    };

    it.each<[MissedPolicy, number]>([
      ["skip", 0],
      ["latest", 1],
      ["all", 5],
    ])(
      "with missed: %s enqueue %d jobs for five times that nobody was there for",
      async (missed, expected) => {
        const queue = `missed/${missed}`;
        const slots: (Date | undefined)[] = [];
        const job = defineJob({
          queue,
          cron: { pattern: HOURLY, missed, params: { from: "schedule" } },
          handler: ({ job: { slot }, params }) => {
            if (params["from"] === "schedule") slots.push(slot);
          },
        });
        await using jobs = open([job]);
        await jobs.start();
        await beAway(queue, 5);
        const before = await lastSlotOf(queue);
        await jobs.work({ pollIntervalMs: 50 });
        await eventually(async () => (await lastSlotOf(queue))!.getTime() > before!.getTime());
        await eventually(() => slots.length === expected);
        expect(await jobs.list({ queue })).toHaveLength(expected);
        const latest = await lastSlotOf(queue);
        expect(slots.map(Number).toSorted()).toEqual(
          Array.from(
            { length: expected },
            (_, index) => latest!.getTime() - (expected - 1 - index) * 3_600_000,
          ),
        );
      },
    );

    it("have missed nothing before their first worker", async () => {
      const job = defineJob({ queue: "first", cron: { pattern: HOURLY, missed: "all" }, handler: () => {} });
      await using jobs = open([job]);
      await jobs.work({ pollIntervalMs: 50 });
      await eventually(() => lastSlotOf("first"));
      expect(await jobs.list({ queue: "first" })).toEqual([]);
    });

    it("make one job of each time, however many workers there are", async () => {
      const queue = "shared";
      const slots: number[] = [];
      const define = () =>
        defineJob({
          queue,
          cron: { pattern: HOURLY, missed: "all" },
          handler: ({ job }) => void slots.push(Number(job.slot)),
        });
      const all = Array.from({ length: 3 }, () => open([define()]));
      for (const jobs of all) await jobs.start();
      await beAway(queue, 20);
      const workers = await Promise.all(all.map((jobs) => jobs.work({ pollIntervalMs: 50 })));
      await eventually(() => slots.length >= 20);
      await Promise.all(workers.map((worker) => worker.stop()));
      expect(slots).toHaveLength(20);
      expect(new Set(slots).size).toBe(20);
      expect(await all[0]!.list({ queue })).toHaveLength(20);
      await Promise.all(all.map((jobs) => jobs.close()));
    });

    it("come by themselves, every second here", async () => {
      const slots: number[] = [];
      const job = defineJob({
        queue: "ticking",
        cron: "* * * * * *",
        handler: ({ job: { slot } }) => void slots.push(Number(slot)),
      });
      await using jobs = open([job]);
      await jobs.work({ pollIntervalMs: 50 });
      await eventually(() => slots.length >= 3);
      expect(slots.every((slot, index) => index === 0 || slot === slots[index - 1]! + 1_000)).toBe(true);
    });
  });
});
