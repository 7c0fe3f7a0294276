import { createApp } from "@x/server";
import { silentLogger } from "@x/server/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createJobs } from "../create-jobs.ts";
import { defineJob } from "../job/define-job.ts";
import { createDeferred } from "../test-support/create-deferred.ts";
import { eventually } from "../test-support/eventually.ts";
import { openTestDatabase, type TestDatabase } from "../test-support/open-test-database.ts";
import { jobProgress } from "./job-progress.ts";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase("PGlite");
});
afterAll(() => opened.close());

const eventsOf = (text: string) =>
  [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!) as Record<string, unknown>);

it("a client follows a job to its end over the wire, and stays away once it has seen it", async () => {
  const [seen, go] = [createDeferred(), createDeferred()];
  const job = defineJob({
    queue: "export",
    async handler({ progress }) {
      progress({ done: 1, of: 2 });
      seen.resolve();
      await go.promise;
      progress({ done: 2, of: 2 });
      return "file.csv";
    },
  });
  await using jobs = createJobs({ db: opened.db, jobs: [job], logger: silentLogger });
  await using app = createApp({
    routes: { progress: jobProgress(jobs, { intervalMs: 20 }) },
    logger: silentLogger,
  });
  const { url } = await app.listen({ port: 0, signals: false });
  const { id } = await jobs.enqueue(job);
  const response = await fetch(`${url}/progress?id=${id}`);
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  await jobs.work({ pollIntervalMs: 50 });
  await seen.promise;
  await eventually(async () => (await jobs.show(id)).progress);
  go.resolve();
  const text = await response.text();
  const events = eventsOf(text);
  expect(events[0]).toEqual({ state: "waiting", attempts: 0, progress: null });
  expect(events.at(-1)).toEqual({
    state: "completed",
    attempts: 1,
    progress: { done: 2, of: 2 },
    result: "file.csv",
  });
  expect(text).toContain("id: end");
  const again = await fetch(`${url}/progress?id=${id}`, { headers: { "last-event-id": "end" } });
  expect(again.status).toBe(204);
});

it("a job that is not there and one that is not theirs look alike", async () => {
  const job = defineJob({ queue: "private", handler: () => {} });
  await using jobs = createJobs({ db: opened.db, jobs: [job], logger: silentLogger });
  // As with a plugin that brings them.
  const progress = jobProgress(() => jobs, {
    authorize: ({ payload }) => (payload as { user: number }).user === 1,
  });
  await using app = createApp({ routes: { progress }, logger: silentLogger });
  const statusOf = async (query: string) => {
    const response = await app.fetch(new Request(`http://localhost/progress${query}`));
    await response.text();
    return response.status;
  };
  const [own, other] = [await jobs.enqueue(job, { user: 1 }), await jobs.enqueue(job, { user: 2 })];
  await jobs.cancel(own);
  expect(
    await Promise.all([
      statusOf(`?id=${own.id}`),
      statusOf(`?id=${other.id}`),
      statusOf("?id=x"),
      statusOf(""),
    ]),
  ).toEqual([200, 404, 404, 404]);
});
