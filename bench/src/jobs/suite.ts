import { startPostgres } from "../../../tooling/start-postgres.ts";
import { writeRegion } from "../harness/readme-region.ts";
import type { Settings } from "../harness/settings.ts";
import type { Suite } from "../harness/suite.ts";
import { Client } from "pg";
import { bullmq } from "./candidates/bullmq.ts";
import { graphileWorker } from "./candidates/graphile-worker.ts";
import { onPglite as bossOnPglite, onPostgres as bossOnPostgres } from "./candidates/pg-boss.ts";
import { onPglite, onPostgres } from "./candidates/x-jobs.ts";
import type { JobsCandidate, Stores } from "./jobs-candidate.ts";
import { drainOnce, type JobsPlan, measureJobs } from "./measure-jobs.ts";
import { backlogTable, describeMethod, embeddedLine, figuresTable, goalsTable } from "./report.ts";
import { startRedis } from "./start-redis.ts";

const README = new URL("../../../packages/jobs/README.md", import.meta.url);
const CONCURRENCY = 50;
const BACKLOG = 100_000;
const FULL: JobsPlan = {
  rounds: 5,
  enqueued: 500,
  drained: 3_000,
  latencies: 10,
  concurrency: CONCURRENCY,
};
const QUICK: JobsPlan = { rounds: 3, enqueued: 300, drained: 1_000, latencies: 10, concurrency: CONCURRENCY };
/** One connection, and WebAssembly: a tenth says as much. */
const EMBEDDED_SHARE = 10;

/** Jobs beside what others run them with. */
export const jobsSuite: Suite = {
  async run({ publish }: Settings) {
    const server = await startPostgres();
    if ("missing" in server) return console.log(`Nothing was measured: ${server.missing}.`);
    const redis = await startRedis();
    const toStores = async ({ name }: JobsCandidate): Promise<Stores> => ({
      postgresUrl: await createDatabase(server.url, name),
      redisPort: redis?.port,
    });
    try {
      const plan = publish ? FULL : QUICK;
      const candidates = await present([onPostgres, bossOnPostgres, graphileWorker, bullmq], redis?.port);
      const figures = await measureJobs(candidates, toStores, plan);
      const embeddedPlan = {
        ...plan,
        enqueued: plan.enqueued / EMBEDDED_SHARE,
        drained: plan.drained / EMBEDDED_SHARE,
      };
      const embedded = await measureJobs([onPglite, bossOnPglite], toStores, embeddedPlan);
      const msPerJob = new Map<string, number>();
      for (const candidate of candidates) {
        const count = publish ? BACKLOG : BACKLOG / 10;
        msPerJob.set(
          candidate.name,
          await drainOnce(candidate, await toStores(candidate), count, CONCURRENCY),
        );
      }
      const sections = [
        describeMethod(candidates, plan),
        goalsTable(figures),
        figuresTable(figures),
        `One backlog, drained at one go, ${CONCURRENCY} at a time:`,
        backlogTable({ count: publish ? BACKLOG : BACKLOG / 10, msPerJob }),
        `Embedded in PGlite, a tenth of the jobs:`,
        figuresTable(embedded),
        embeddedLine(embedded),
      ];
      console.log(`\n${sections.join("\n\n")}\n`);
      if (!publish) return console.log("A quick run writes no README.");
      if (!writeRegion(README, "jobs", sections.join("\n\n")))
        return console.log("packages/jobs/README.md has no bench:jobs markers: nothing was written.");
      console.log("Written: packages/jobs/README.md.");
    } finally {
      await redis?.stop();
      await server.stop();
    }
  },
};

async function present(
  all: readonly JobsCandidate[],
  redisPort: number | undefined,
): Promise<JobsCandidate[]> {
  return all.filter(({ name, missing }) => {
    const reason = missing?.({ postgresUrl: "", redisPort });
    if (reason !== undefined) console.log(`${name} has no part: ${reason}.`);
    return reason === undefined;
  });
}

async function createDatabase(url: string, name: string): Promise<string> {
  const database = `bench_${name.replaceAll(/\W/g, "")}_${Date.now()}`.toLowerCase();
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${database}`);
  await client.end();
  return url.replace(/\/postgres$/, `/${database}`);
}
