import { expectTypeOf, test } from "vitest";
import { z } from "zod";
import type { JobsOptions } from "../jobs-options.ts";
import { createJobs } from "../create-jobs.ts";
import type { JobTransaction } from "../types.ts";
import { defineJob } from "./define-job.ts";

const options = {} as JobsOptions;
const jobs = createJobs(options);

test("a handler gets what the schema makes, and enqueueing takes what it accepts", () => {
  const job = defineJob({
    queue: "typed",
    schema: z.object({ at: z.string().transform((text) => new Date(text)), note: z.string().optional() }),
    handler({ params, tx, attempt }) {
      expectTypeOf(params).toEqualTypeOf<{ at: Date; note?: string | undefined }>();
      expectTypeOf(tx).toEqualTypeOf<undefined>();
      expectTypeOf(attempt).toEqualTypeOf<number>();
    },
  });
  void jobs.enqueue(job, { at: "2026-01-01" });
  // @ts-expect-error the payload is what goes over the wire
  void jobs.enqueue(job, { at: new Date() });
  // @ts-expect-error it is required
  void jobs.enqueue(job);
});

test("a payload that may be empty may be left out", () => {
  const job = defineJob({
    queue: "empty",
    schema: z.object({ n: z.number().optional() }),
    handler: () => {},
  });
  void jobs.enqueue(job);
  void jobs.enqueue(job, { n: 1 }, { runAt: new Date() });
  const untyped = defineJob({
    queue: "untyped",
    handler: ({ params }) => expectTypeOf(params["x"]).toEqualTypeOf<unknown>(),
  });
  void jobs.enqueue(untyped, { anything: 1 });
});

test("a transactional handler has a transaction", () => {
  defineJob({
    queue: "transactional",
    transactional: true,
    handler: ({ tx }) => expectTypeOf(tx).toEqualTypeOf<JobTransaction>(),
  });
});

test("the payload of a schedule is the job's", () => {
  const schema = z.object({ n: z.number() });
  defineJob({ queue: "cron", schema, cron: { pattern: "0 0 * * *", params: { n: 1 } }, handler: () => {} });
  // @ts-expect-error n is a number
  defineJob({ queue: "cron", schema, cron: { pattern: "0 0 * * *", params: { n: "1" } }, handler: () => {} });
});
