import { writeSync } from "node:fs";
import type { Jobs } from "@x/jobs";
import { silentLogger } from "@x/server/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type NoPostgres, type PostgresServer, startPostgres } from "../../tooling/start-postgres.ts";
import { type Figure, toTable } from "./figures.ts";
import { toFigure, untilEnded } from "./ledger.ts";
import {
  createLedger,
  LEASE_SECONDS,
  type LedgerDatabase,
  openLedger,
  openLedgerJobs,
} from "./ledger-jobs.ts";
import { startWorker, type WorkerProcess } from "./start-worker.ts";

/** What the README promises: the lease, and twice the time between two looks for leases that have run out. */
const RECOVERY_SECONDS = LEASE_SECONDS + 20;
/** For what this machine itself takes under load. */
const PATIENCE_MS = (RECOVERY_SECONDS + 30) * 1_000;

interface World {
  readonly server: PostgresServer;
  readonly db: LedgerDatabase;
  readonly jobs: Jobs;
}

const figures: Figure[] = [];
const worlds: World[] = [];
let missing: string | undefined;
/** Where processes die, and where connections and the server do. */
let [dying, shaken]: World[] = [];

async function openWorld(): Promise<World | NoPostgres> {
  const server = await startPostgres();
  if ("missing" in server) return server;
  const db = openLedger(server.url, 4);
  await createLedger(db);
  const jobs = openLedgerJobs(db, silentLogger);
  await jobs.start();
  const world = { server, db, jobs };
  worlds.push(world);
  return world;
}

beforeAll(async () => {
  const opened = await Promise.all([openWorld(), openWorld()]);
  for (const world of opened) if ("missing" in world) missing = world.missing;
  [dying, shaken] = worlds;
});
afterAll(async () => {
  // Past the console, which no test may write to.
  if (missing === undefined) writeSync(1, `\n${toTable(figures)}\n`);
  for (const { jobs, db, server } of worlds) {
    await jobs.close();
    await db.destroy();
    await server.stop();
  }
});

async function enqueue({ jobs }: World, queue: string, count: number): Promise<string[]> {
  const job = (await jobs.all()).find((candidate) => candidate.queue === queue)!;
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    // As any caller would: what was not acknowledged is enqueued again, under the same key.
    const key = `${queue} ${number}`;
    for (;;)
      try {
        ids.push((await jobs.enqueue(job, {}, { key })).id);
        break;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
  }
  return ids;
}

async function settle(
  world: World,
  scenario: string,
  ids: readonly string[],
  since: number,
): Promise<Figure> {
  const records = await untilEnded(world.jobs, ids, PATIENCE_MS);
  const figure = await toFigure(world.db, scenario, records, since);
  figures.push(figure);
  expect([scenario, figure.completed]).toEqual([scenario, ids.length]);
  return figure;
}

describe.concurrent("jobs survive", () => {
  it("a worker that is killed before and after a handler's effect, and one that is stopped past its lease", async ({
    skip,
  }) => {
    if (!dying) return skip(missing);
    const world = dying;
    const { url } = world.server;
    const kinds = ["plain", "tx"];
    const scenarios = ["killed/before", "killed/after", "stopped"];
    const ids: Record<string, string[]> = {};
    const workers: Record<string, WorkerProcess> = {};
    for (const scenario of scenarios) {
      const queues = kinds.map((kind) => `${scenario}/${kind}`);
      for (const queue of queues) ids[queue] = await enqueue(world, queue, 3);
      const blocks = [scenario === "killed/before" ? "before" : "after"];
      workers[scenario] = await startWorker({ url, queues, blocks });
    }
    await Promise.all(scenarios.map((scenario) => workers[scenario]!.untilTold("phase", 6)));
    const since = Date.now();
    workers["killed/before"]!.signal("SIGKILL");
    workers["killed/after"]!.signal("SIGKILL");
    workers["stopped"]!.signal("SIGSTOP");
    const rescuer = await startWorker({ url, queues: Object.keys(ids) });
    const found = await Promise.all(
      Object.entries(ids).map(([queue, jobs]) => settle(world, queue, jobs, since)),
    );
    for (const { recoverySeconds } of found) expect(recoverySeconds).toBeLessThan(RECOVERY_SECONDS);

    // The one that was stopped wakes up in the middle of its handlers, and finds that nothing of it is its own.
    workers["stopped"]!.signal("SIGCONT");
    workers["stopped"]!.goOn();
    await workers["stopped"]!.untilTold("log", 6);
    await workers["stopped"]!.stop();
    const effectsOf = async (queue: string) =>
      (await toFigure(world.db, queue, await untilEnded(world.jobs, ids[queue]!, 1_000))).effects;
    expect(await effectsOf("killed/before/plain")).toEqual([1, 1]);
    expect(await effectsOf("killed/after/plain")).toEqual([2, 2]);
    expect(await effectsOf("stopped/plain")).toEqual([2, 2]);
    for (const scenario of scenarios) expect(await effectsOf(`${scenario}/tx`)).toEqual([1, 1]);
    await rescuer.stop();
  });

  it("one of them that kills whatever runs it: it fails after its attempts, and the rest goes on", async ({
    skip,
  }) => {
    if (!dying) return skip(missing);
    const world = dying;
    const since = Date.now();
    const ids = await enqueue(world, "poison", 1);
    const record = async () => (await world.jobs.show(ids[0]!)).state;
    let workers = 0;
    // As whatever keeps a service running does.
    while ((await record()) !== "failed" && workers < 10) {
      workers += 1;
      const worker = await startWorker({ url: world.server.url, queues: ["poison"] });
      const failed = untilEnded(world.jobs, ids, 2 * PATIENCE_MS).then(() => worker.stop());
      await Promise.race([worker.ended, failed]);
    }
    const figure = await toFigure(world.db, "poison", await untilEnded(world.jobs, ids, 1_000), since);
    figures.push(figure);
    expect(figure.effects).toEqual([2, 2]);
    expect((await world.jobs.show(ids[0]!)).failure).toContain("heartbeat");
  });

  it("connections that are cut, a server that is restarted, and a clock that is a day ahead, with two schedulers", async ({
    skip,
  }) => {
    if (!shaken) return skip(missing);
    const world = shaken;
    const { url } = world.server;
    const queues = ["cut/plain", "cut/tx", "restarted/plain", "restarted/tx", "ticking"];
    const workers = await Promise.all([
      startWorker({ url, queues, schedules: true }),
      startWorker({ url, queues, schedules: true, clockOffsetMs: 86_400_000 }),
    ]);
    const cutting = Promise.all(["cut/plain", "cut/tx"].map((queue) => enqueue(world, queue, 150)));
    let since = Date.now();
    for (let cut = 1; cut <= 5; cut += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where pid <> pg_backend_pid() and backend_type = 'client backend'`
        .execute(world.db)
        .catch(() => {});
      since = Date.now();
    }
    const [cutPlain, cutTx] = await cutting;
    const restarting = Promise.all(
      ["restarted/plain", "restarted/tx"].map((queue) => enqueue(world, queue, 150)),
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    await world.server.restart();
    const restartedAt = Date.now();
    const [restartedPlain, restartedTx] = await restarting;
    const [plain, tx, plainAfter, txAfter] = await Promise.all([
      settle(world, "cut/plain", cutPlain!, since),
      settle(world, "cut/tx", cutTx!, since),
      settle(world, "restarted/plain", restartedPlain!, restartedAt),
      settle(world, "restarted/tx", restartedTx!, restartedAt),
    ]);
    for (const { effects } of [plain, plainAfter]) expect(effects[0]).toBeGreaterThanOrEqual(1);
    for (const { effects } of [tx, txAfter]) expect(effects).toEqual([1, 1]);
    for (const { recoverySeconds } of [plain, tx, plainAfter, txAfter])
      expect(recoverySeconds).toBeLessThan(RECOVERY_SECONDS);

    await Promise.all(workers.map((worker) => worker.stop()));
    const ticked = (await world.jobs.list({ queue: "ticking", limit: 1_000 })).filter(
      ({ state }) => state === "completed",
    );
    const { rows } = await sql<{
      job: string;
    }>`select job from ledger where queue = 'ticking' order by job`.execute(world.db);
    const slots = rows.map(({ job }) => Date.parse(job));
    // Every second once, none twice, and none of tomorrow.
    expect(slots).toHaveLength(ticked.length);
    expect(slots.length).toBeGreaterThan(3);
    const gaps = slots.slice(1).map((slot, index) => slot - slots[index]!);
    expect(new Set(gaps)).toEqual(new Set([1_000]));
    expect(slots.at(-1)).toBeLessThan(Date.now() + 60_000);
    figures.push({
      scenario: "ticking, two schedulers",
      enqueued: slots.length,
      completed: ticked.length,
      effects: [1, 1],
    });
  });
});
