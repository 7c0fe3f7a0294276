import { createRecordingLogger } from "@x/server/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { createJobs } from "./create-jobs.ts";
import { defineJob } from "./job/define-job.ts";
import type { Job } from "./job/job.ts";
import { eventually } from "./test-support/eventually.ts";
import { openTestDatabase, type TestDatabase } from "./test-support/open-test-database.ts";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase("PGlite");
});
afterAll(() => opened.close());

const open = (job: Job) => createJobs({ db: opened.db, jobs: [job], logger: createRecordingLogger().logger });

it("a worker never takes a payload of a version that it does not know, and one that knows it upgrades older ones", async () => {
  const seen: unknown[] = [];
  const first = defineJob({
    queue: "mail",
    handler: ({ params }) => void seen.push(["old program", params]),
  });
  const second = defineJob({
    queue: "mail",
    version: 2,
    schema: z.object({ addresses: z.array(z.string()) }),
    upgrade: { 1: ({ address }: { address: string }) => ({ addresses: [address] }) },
    handler: ({ params, job: { version } }) => void seen.push(["new program", version, params]),
  });
  const third = defineJob({
    queue: "mail",
    version: 3,
    handler: ({ params }) => void seen.push(["third", params]),
  });

  // A deployment: both programs run, and the older one is the only one that works.
  await using newer = open(second);
  await newer.enqueue(second, { addresses: ["new"] });
  {
    await using older = open(first);
    await older.work({ pollIntervalMs: 50 });
    const { id } = await older.enqueue(first, { address: "by the old one" });
    await eventually(async () => (await older.show(id)).endedAt !== undefined);
    await older.enqueue(first, { address: "left by the old one" }, { runAt: new Date(Date.now() + 300) });
  }
  expect(seen).toEqual([["old program", { address: "by the old one" }]]);

  await newer.work({ pollIntervalMs: 50 });
  await eventually(() => seen.length === 3);
  expect(seen.slice(1).toSorted()).toEqual([
    ["new program", 1, { addresses: ["left by the old one"] }],
    ["new program", 2, { addresses: ["new"] }],
  ]);

  // Without an upgrade what is older stays, for whoever knows it.
  await using latest = open(third);
  await latest.work({ pollIntervalMs: 50 });
  await newer.enqueue(second, { addresses: ["again"] });
  await eventually(() => seen.length === 4);
  expect(seen.at(-1)).toEqual(["new program", 2, { addresses: ["again"] }]);
});
