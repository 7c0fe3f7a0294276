// A program on an embedded database: it enqueues and works until it is killed, or until its disk is full, and tells of
// each job once that is acknowledged, and of the one that it holds when that has begun.
import { randomBytes } from "node:crypto";
import { silentLogger } from "@x/server/testing";
import { openDatabase } from "@x/server-pg";
import { openLedgerJobs, type LedgerDatabase } from "./ledger-jobs.ts";

const [folder, payloadBytes] = [process.argv[2]!, Number(process.argv[3])];
process.on("disconnect", () => process.exit());
const { db } = await openDatabase({ folder });
// The tables are those of the ledger, which the test has made.
const jobs = openLedgerJobs(
  db as unknown as LedgerDatabase,
  silentLogger,
  async (phase, { attempt, queue }) => {
    if (queue !== "held/plain" || phase !== "after" || attempt > 1) return;
    process.send?.("held");
    await new Promise(() => {});
  },
);
if (payloadBytes === 0)
  await jobs.work({ queues: ["cut/plain", "cut/tx", "held/plain"], pollIntervalMs: 200 });
const all = (await jobs.all()).filter(({ queue }) => queue.startsWith("cut/"));
const held = (await jobs.all()).find(({ queue }) => queue === "held/plain");
try {
  if (payloadBytes === 0) process.send?.((await jobs.enqueue(held!)).id);
  for (;;)
    for (const job of all) {
      // As requests come: one by one, from outside. Without a turn of the event loop no worker would ever begin.
      await new Promise((resolve) => setImmediate(resolve));
      const { id } = await jobs.enqueue(job, { filling: randomBytes(payloadBytes).toString("base64") });
      process.send?.(id);
    }
} catch (error) {
  process.send?.(`failed: ${String(error)}`, () => process.exit(1));
}
