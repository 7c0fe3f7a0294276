import { execFileSync, fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { silentLogger } from "@x/server/testing";
import { openDatabase } from "@x/server-pg";
import { describe, expect, it, type TestContext } from "vitest";
import { toTable } from "./figures.ts";
import { toFigure, untilEnded } from "./ledger.ts";
import { createLedger, type LedgerDatabase, openLedgerJobs } from "./ledger-jobs.ts";

const PROGRAM = fileURLToPath(new URL("embedded-process.ts", import.meta.url));

// That of the test itself: these run side by side.
function createFolder({ onTestFinished }: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "x-faults-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function open(folder: string) {
  const database = await openDatabase({ folder });
  const db = database.db as unknown as LedgerDatabase;
  return { db, jobs: openLedgerJobs(db, silentLogger), close: () => database.close() };
}

async function prepare(folder: string): Promise<void> {
  const { db, jobs, close } = await open(folder);
  await createLedger(db);
  await jobs.start();
  await jobs.close();
  await close();
}

/** Runs the program until it fails, or until so many jobs are acknowledged, one is held, and it is killed. */
async function run(folder: string, payloadBytes: number, count: number): Promise<string[]> {
  const child = fork(PROGRAM, [folder, String(payloadBytes)], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const told: string[] = [];
  child.on("message", (message: string) => {
    told.push(message);
    if (told.length > count && told.includes("held")) child.kill("SIGKILL");
  });
  await new Promise((resolve) => child.once("exit", resolve));
  return told.filter((message) => message !== "held" && !message.startsWith("failed: "));
}

describe.concurrent("jobs in an embedded database survive", () => {
  it("a program that is killed while it enqueues, works and holds a job, three times", async (context) => {
    const folder = join(createFolder(context), "db");
    await prepare(folder);
    const ids: string[] = [];
    for (const count of [5, 40, 80]) ids.push(...(await run(folder, 0, count)));
    const since = Date.now();
    const { db, jobs, close } = await open(folder);
    const worker = await jobs.work({ queues: ["cut/plain", "cut/tx", "held/plain"], pollIntervalMs: 200 });
    const records = await untilEnded(jobs, ids, 90_000);
    const [plain, tx, held] = await Promise.all(
      ["cut/plain", "cut/tx", "held/plain"].map((queue) => {
        const kind = records.filter((record) => record.queue === queue);
        return toFigure(db, `embedded, killed, ${queue}`, kind, since);
      }),
    );
    await worker.stop();
    await jobs.close();
    await close();
    writeSync(1, `\n${toTable([plain!, tx!, held!])}\n`);
    expect([plain!.completed, tx!.completed]).toEqual([plain!.enqueued, tx!.enqueued]);
    expect(plain!.effects[0]).toBeGreaterThanOrEqual(1);
    expect(tx!.effects).toEqual([1, 1]);
    // Each process died with one in its hands, whose effect was there already.
    expect([held!.enqueued, held!.completed, held!.effects]).toEqual([3, 3, [2, 2]]);
  });

  it("a disk that is full: what was acknowledged is there, and once there is room more can be enqueued", async (context) => {
    const disk = createFolder(context);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=120m", "tmpfs", disk], { stdio: "pipe" });
    } catch {
      return context.skip("a small disk cannot be mounted here");
    }
    context.onTestFinished(() => void execFileSync("umount", ["--lazy", disk]));
    const folder = join(disk, "db");
    const ballast = join(disk, "ballast");
    await prepare(folder);
    writeFileSync(ballast, Buffer.alloc(15_000_000));
    const ids = await run(folder, 200_000, Infinity);
    rmSync(ballast);
    const { jobs, close } = await open(folder);
    const job = (await jobs.all()).find(({ queue }) => queue === "cut/plain");
    const found = await Promise.all(ids.map(async (id) => (await jobs.show(id)).state));
    const { isNew } = await jobs.enqueue(job!);
    await jobs.close();
    await close();
    writeSync(1, `\nembedded, disk full: ${ids.length} acknowledged, ${found.length} found\n`);
    expect(ids.length).toBeGreaterThan(0);
    expect(isNew).toBe(true);
  });
});
