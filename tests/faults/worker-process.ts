// A worker in a process of its own: it is told its plan as an argument, tells what happens by messages, and goes on when
// it is sent one.
import type { Logger } from "@x/server";
import { openLedger, openLedgerJobs, type Telling, type WorkerPlan } from "./ledger-jobs.ts";

const {
  url,
  queues,
  blocks = [],
  clockOffsetMs = 0,
  schedules = false,
} = JSON.parse(process.argv[2]!) as WorkerPlan;
if (clockOffsetMs !== 0) {
  const { now } = Date;
  Date.now = () => now() + clockOffsetMs;
}

// Without its test it is of no use.
process.on("disconnect", () => process.exit());
const tell = (telling: Telling): void => void (process.connected && process.send?.(telling));
const log = (first: string | object, message?: unknown): void => {
  const error =
    typeof first === "object" && "err" in first && first.err instanceof Error ? first.err.message : "";
  tell({ kind: "log", message: `${String(typeof first === "string" ? first : message)} ${error}` });
};
const logger: Logger = { debug() {}, info() {}, warn: log, error: log, child: () => logger };
const waiting: (() => void)[] = [];
process.on("message", () => {
  for (const go of waiting.splice(0)) go();
});

const db = openLedger(url);
const jobs = openLedgerJobs(db, logger, async (phase, { id, attempt }) => {
  if (!blocks.includes(phase) || attempt > 1) return;
  tell({ kind: "phase", phase, id, attempt });
  await new Promise<void>((resolve) => waiting.push(resolve));
});
const worker = await jobs.work({ queues, schedules, pollIntervalMs: 200 });
tell({ kind: "ready" });
process.on("SIGTERM", async () => {
  await worker.stop();
  await jobs.close();
  await db.destroy();
  process.exit();
});
