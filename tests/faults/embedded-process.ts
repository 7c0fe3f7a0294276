// A program on an embedded database: it enqueues and works until it is killed, or until its disk is full, and tells of
// each job once that is acknowledged.
import { randomBytes } from "node:crypto";
import { silentLogger } from "@x/server/testing";
import { openDatabase } from "@x/server-pg";
import { openLedgerJobs, type LedgerDatabase } from "./ledger-jobs.ts";

const [folder, payloadBytes] = [process.argv[2]!, Number(process.argv[3])];
process.on("disconnect", () => process.exit());
const { db } = await openDatabase({ folder });
// The tables are those of the ledger, which the test has made.
const jobs = openLedgerJobs(db as unknown as LedgerDatabase, silentLogger);
if (payloadBytes === 0) await jobs.work({ queues: ["cut/plain", "cut/tx"], pollIntervalMs: 200 });
const all = (await jobs.all()).filter(({ queue }) => queue.startsWith("cut/"));
try {
  for (;;)
    for (const job of all) {
      const { id } = await jobs.enqueue(job, { filling: randomBytes(payloadBytes).toString("base64") });
      process.send?.(id);
    }
} catch (error) {
  process.send?.(`failed: ${String(error)}`, () => process.exit(1));
}
