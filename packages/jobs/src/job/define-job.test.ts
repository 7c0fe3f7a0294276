import { silentLogger } from "@x/server/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineJob } from "./define-job.ts";
import type { JobOptions } from "./job-options.ts";

const refused = (options: Partial<JobOptions<undefined, unknown>>, code = "INVALID_JOB") =>
  expect(() => defineJob({ queue: "test", handler: () => {}, ...options })).toThrow(
    expect.objectContaining({ code }),
  );

describe("a definition", () => {
  it.each(["", " ", "a b", "a.v2", "../x", "a\nb", "x".repeat(101), undefined as never])(
    "is refused with the queue %j",
    (queue) => refused({ queue }),
  );

  it.each([
    { retries: -1 },
    { retries: 1.5 },
    { leaseSeconds: 5 },
    { timeoutSeconds: 0 },
    { timeoutSeconds: 86_401 },
    { concurrency: 0 },
    { keepSeconds: Number.NaN },
  ])("is refused with %j", (options) => refused(options));

  it("is refused without a handler, and with a schema that is none", () => {
    refused({ handler: undefined as never }, "INVALID_FUNC");
    refused({ schema: {} as never });
  });

  it("is refused when its dead letter is itself", () => {
    refused({ deadLetter: defineJob({ queue: "test", handler: () => {} }) });
  });

  it("is refused with upgrades that lead nowhere", () => {
    refused({ version: 0 });
    refused({ version: 1, upgrade: { 1: (payload) => payload } });
    refused({ version: 4, upgrade: { 1: (payload) => payload, 3: (payload) => payload } });
    expect(
      defineJob({ queue: "test", version: 4, upgrade: { 3: (payload) => payload }, handler: () => {} })
        .versions.known,
    ).toEqual([3, 4]);
  });
});

describe("a job that is invoked by hand, as a test does", () => {
  const job = defineJob({
    queue: "by-hand",
    schema: z.object({ n: z.number() }),
    version: 2,
    upgrade: { 1: (payload: { text: string }) => ({ n: Number(payload.text) }) },
    handler: ({ params, attempt, progress, context }) => {
      progress(0.5);
      return [params.n, attempt, context.runtime];
    },
  });

  it("needs no worker and no database", async () => {
    expect(await job.invoke({ event: { payload: { n: 3 } } })).toEqual([3, 1, "job"]);
  });

  it("takes payloads of the versions that it knows through their upgrades", async () => {
    expect(await job.invoke({ event: { payload: { text: "7" }, version: 1, attempt: 2 } })).toEqual([
      7,
      2,
      "job",
    ]);
  });

  it("refuses a payload that does not fit, and says where", async () => {
    const invoked = job.invoke({ event: { payload: { n: "x" } }, logger: silentLogger });
    await expect(invoked).rejects.toMatchObject({
      code: "INVALID_PAYLOAD",
      faults: [{ keyPath: ["n"] }],
    });
  });
});
