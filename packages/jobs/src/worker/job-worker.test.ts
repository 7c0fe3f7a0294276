import { isServerError } from "@x/server";
import { createRecordingLogger } from "@x/server/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createJobs } from "../create-jobs.ts";
import { defineJob } from "../job/define-job.ts";
import type { Job } from "../job/job.ts";
import type { Jobs } from "../jobs.ts";
import { createDeferred } from "../test-support/create-deferred.ts";
import { eventually } from "../test-support/eventually.ts";
import {
  ENGINES,
  missingEngine,
  openTestDatabase,
  type TestDatabase,
} from "../test-support/open-test-database.ts";

describe.each(ENGINES)("on %s", (engine) => {
  describe.skipIf(missingEngine(engine) !== undefined)("jobs", () => {
    let opened: TestDatabase;

    beforeAll(async () => {
      opened = await openTestDatabase(engine);
    });
    afterAll(() => opened.close());

    const open = (jobs: readonly Job[]): Jobs =>
      createJobs({ db: opened.db, jobs, logger: createRecordingLogger().logger });
    const settled = (jobs: Jobs, id: string) =>
      eventually(async () => {
        const job = await jobs.show(id);
        return job.endedAt && job;
      });

    it("never run more at a time than the job, or the worker, allows", async () => {
      let most = 0;
      let now = 0;
      const full = createDeferred<boolean>();
      const handler = async () => {
        most = Math.max(most, (now += 1));
        // The first ones stay until there are as many as there may be.
        if (now === 4) full.resolve(true);
        await full.promise;
        await new Promise((resolve) => setTimeout(resolve, 5));
        now -= 1;
      };
      const [one, two] = [
        defineJob({ queue: "narrow/a", concurrency: 3, handler }),
        defineJob({ queue: "narrow/b", concurrency: 3, handler }),
      ];
      await using jobs = open([one, two]);
      const ids: string[] = [];
      for (let count = 0; count < 10; count += 1)
        ids.push((await jobs.enqueue(one)).id, (await jobs.enqueue(two)).id);
      const worker = await jobs.work({ concurrency: 4, pollIntervalMs: 5_000 });
      for (const id of ids) await settled(jobs, id);
      await worker.stop();
      expect(most).toBe(4);
    });

    it("fail when they take too long, and their signal tells them", async () => {
      const aborted = createDeferred<boolean>();
      const job = defineJob({
        queue: "slow",
        timeoutSeconds: 1,
        retries: 0,
        handler: ({ signal }) =>
          new Promise(() =>
            signal.addEventListener("abort", () =>
              aborted.resolve(isServerError(signal.reason) && signal.reason.code === "JOB_TIMEOUT"),
            ),
          ),
      });
      await using jobs = open([job]);
      await jobs.work({ pollIntervalMs: 50 });
      const { id } = await jobs.enqueue(job);
      expect(await settled(jobs, id)).toMatchObject({
        state: "failed",
        failure: expect.stringContaining("longer than 1 s"),
      });
      expect(await aborted.promise).toBe(true);
    });

    it("finish while a worker stops, or are handed back as the same attempt", async () => {
      const attempts: string[] = [];
      const [begun, ended] = [createDeferred(), createDeferred()];
      const quick = defineJob({
        queue: "stopping/quick",
        async handler() {
          begun.resolve();
          await new Promise((resolve) => setTimeout(resolve, 50));
          attempts.push("quick");
        },
      });
      const endless = defineJob({
        queue: "stopping/endless",
        handler({ attempt, signal }) {
          attempts.push(`endless ${attempt}`);
          if (attempts.filter((name) => name.startsWith("endless")).length > 1) return ended.resolve();
          return new Promise((_resolve, reject) =>
            signal.addEventListener("abort", () => reject(new Error("aborted"))),
          );
        },
      });
      await using jobs = open([quick, endless]);
      const worker = await jobs.work({ pollIntervalMs: 50 });
      const [first, second] = [await jobs.enqueue(endless), await jobs.enqueue(quick)];
      await begun.promise;
      await eventually(() => attempts.includes("endless 1"));
      await worker.stop({ graceMs: 300 });
      expect(await jobs.show(second.id)).toMatchObject({ state: "completed" });
      expect(await jobs.show(first.id)).toMatchObject({ state: "waiting", attempts: 0 });
      await jobs.work({ pollIntervalMs: 50 });
      await ended.promise;
      expect(attempts).toEqual(["endless 1", "quick", "endless 1"]);
    });

    it("are cancelled, waiting or running, and what ended cannot be", async () => {
      const job = defineJob({ queue: "cancelled", handler: () => {} });
      await using jobs = open([job]);
      const { id } = await jobs.enqueue(job);
      await jobs.cancel(id);
      expect(await jobs.show(id)).toMatchObject({ state: "cancelled" });
      await expect(jobs.cancel(id)).rejects.toMatchObject({ code: "JOB_STATE_CONFLICT" });
      await jobs.work({ pollIntervalMs: 50 });
      await jobs.retry(id);
      await settled(jobs, id);
      await expect(jobs.retry(id)).rejects.toMatchObject({ code: "JOB_STATE_CONFLICT" });
      await expect(jobs.show("00000000-0000-4000-8000-000000000000")).rejects.toMatchObject({
        code: "JOB_NOT_FOUND",
      });
      await expect(jobs.show("nothing")).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
    });
  });
});
