import { createRecordingLogger, createTestProject } from "@x/server/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createJobs } from "../create-jobs.ts";
import { defineJob } from "../job/define-job.ts";
import { eventually } from "../test-support/eventually.ts";
import { openTestDatabase, type TestDatabase } from "../test-support/open-test-database.ts";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase("PGlite");
});
afterAll(() => opened.close());

const parent = import.meta.dirname;
const toFile = (queue: string, handler: string) => `
  import { defineJob } from "../../job/define-job.ts";
  export default defineJob({ queue: "${queue}", handler: ${handler} });`;

const PLUGIN = `
  export class Tenant {
    static publicConfig = ["name"];
    constructor({ name, type, config }) { Object.assign(this, { name, type, tenant: config.tenant }); }
    async onMount(data, next) { data.logger.info("mounted " + data.runtime + " " + this.tenant); await next(); }
    async onInvoke(data, next) { data.tenant = this.tenant; await next(); }
  }`;

describe("the jobs below a root", () => {
  it("have the plugins that faas.yaml gives their folder, and no HTTP", async () => {
    await using project = await createTestProject(
      {
        "faas.yaml": `
defaults:
  plugins:
    http: { config: { maxBodyBytes: 100 } }
    tenant: { type: ./tenant.ts, config: { tenant: "\${TENANT}" } }`,
        "deep/faas.yaml": `defaults: { plugins: { tenant: { config: { tenant: deep } } } }`,
        "tenant.ts": PLUGIN,
        "a.job.ts": toFile(
          "a",
          "({ tenant, logger }) => { logger.info(`handled ${tenant}`); return tenant; }",
        ),
        "deep/b.job.ts": toFile("deep/b", "({ tenant }) => tenant").replace("../../job", "../../../job"),
        "node_modules/c.job.ts": "throw new Error('not a job of ours')",
      },
      { parent },
    );
    const { logger, lines } = createRecordingLogger();
    await using jobs = createJobs({ db: opened.db, root: project.root, env: { TENANT: "acme" }, logger });
    const all = await jobs.all();
    expect(all.map(({ queue }) => queue)).toEqual(["a", "deep/b"]);
    await jobs.work({ pollIntervalMs: 50 });
    const ids = await Promise.all(all.map(async (job) => (await jobs.enqueue(job)).id));
    const results = await Promise.all(ids.map((id) => eventually(async () => (await jobs.show(id)).result)));
    expect(results).toEqual(["acme", "deep"]);
    expect(lines.map(({ message }) => message)).toEqual(
      expect.arrayContaining(["mounted job acme", "mounted job deep", "handled acme"]),
    );
    const handled = lines.find(({ message }) => message === "handled acme");
    expect(handled?.fields).toMatchObject({ func: "a", requestId: ids[0] });
  });

  it("are refused when two have one queue, when a file exports none, and when it cannot be loaded", async () => {
    const openWith = async (files: Record<string, string>) => {
      await using project = await createTestProject(files, { parent });
      await using jobs = createJobs({ db: opened.db, root: project.root });
      return await jobs.start().catch((error: unknown) => error);
    };
    const same = toFile("same", "() => {}");
    expect(await openWith({ "a.job.ts": same, "b.job.ts": same })).toMatchObject({ code: "DUPLICATE_QUEUE" });
    expect(await openWith({ "a.job.ts": "export default 1" })).toMatchObject({ code: "INVALID_JOB" });
    expect(await openWith({ "a.job.ts": "throw new Error('at once')" })).toMatchObject({
      code: "INVALID_JOB",
    });
    await using missing = createJobs({ db: opened.db, root: "nowhere" });
    await expect(missing.start()).rejects.toMatchObject({ code: "INVALID_ROOT" });
  });

  it("fail a worker's start, and not their own attempts, when a plugin does not mount", async () => {
    const job = defineJob({
      queue: "unmounted",
      plugins: [{ type: "broken", name: "broken", onMount: () => Promise.reject(new Error("no key")) }],
      handler: () => {},
    });
    await using jobs = createJobs({ db: opened.db, jobs: [job], logger: createRecordingLogger().logger });
    const { id } = await jobs.enqueue(job);
    await expect(jobs.work()).rejects.toThrow("no key");
    expect(await jobs.show(id)).toMatchObject({ state: "waiting", attempts: 0 });
  });
});

describe("jobs", () => {
  it("are refused without a database, without jobs, and with a schema that is no plain name", async () => {
    const job = defineJob({ queue: "any", handler: () => {} });
    const invalid = expect.objectContaining({ code: "INVALID_JOBS" });
    expect(() => createJobs({} as never)).toThrow(invalid);
    expect(() => createJobs({ db: opened.db })).toThrow(invalid);
    expect(() => createJobs({ db: opened.db, jobs: [job], schema: 'x"; drop' })).toThrow(invalid);
    await using jobs = createJobs({ db: opened.db, jobs: [job] });
    await expect(jobs.work({ queues: ["other"] })).rejects.toMatchObject({ code: "INVALID_JOBS" });
    await expect(jobs.work({ concurrency: 0 })).rejects.toMatchObject({ code: "INVALID_JOBS" });
  });

  it("take only what is among them, and nothing once they are closed", async () => {
    const [known, unknown] = [
      defineJob({ queue: "known", handler: () => {} }),
      defineJob({ queue: "unknown", handler: () => {} }),
    ];
    const jobs = createJobs({ db: opened.db, jobs: [known] });
    await expect(jobs.enqueue(unknown)).rejects.toMatchObject({ code: "INVALID_JOB" });
    await expect(jobs.enqueue(known, { n: 1n })).rejects.toMatchObject({ code: "INVALID_PAYLOAD" });
    await jobs.close();
    await expect(jobs.enqueue(known)).rejects.toMatchObject({ code: "JOBS_CLOSED" });
    await using idle = createJobs({ db: opened.db, jobs: [known] });
    const early = opened.db.transaction().execute((tx) => idle.enqueue(known, {}, { db: tx }));
    await expect(early).rejects.toMatchObject({ code: "JOBS_UNAVAILABLE" });
  });

  it("say that their tables are missing where they may not make them, and find them once they are there", async () => {
    const job = defineJob({ queue: "late", handler: () => {} });
    const strict = createJobs({ db: opened.db, jobs: [job], schema: "late", migrate: false });
    await expect(strict.enqueue(job)).rejects.toMatchObject({ code: "JOBS_UNAVAILABLE" });
    await using making = createJobs({ db: opened.db, jobs: [job], schema: "late" });
    await making.start();
    expect(await strict.enqueue(job)).toMatchObject({ isNew: true });
    await strict.close();
  });
});
