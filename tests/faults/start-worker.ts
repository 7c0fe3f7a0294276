import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Telling, WorkerPlan } from "./ledger-jobs.ts";

const FILE = fileURLToPath(new URL("worker-process.ts", import.meta.url));

/** A worker's process. */
export interface WorkerProcess {
  readonly told: readonly Telling[];
  /** Waits until it has told so many things of this kind. */
  untilTold(kind: Telling["kind"], count?: number): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Lets handlers go on that wait. */
  goOn(): void;
  /** Waits for its end, whatever brings it about. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts it, and waits until it works. */
export async function startWorker(plan: WorkerPlan): Promise<WorkerProcess> {
  const child: ChildProcess = fork(FILE, [JSON.stringify(plan)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const told: Telling[] = [];
  const listeners = new Set<() => void>();
  child.on("message", (telling: Telling) => {
    told.push(telling);
    for (const listener of listeners) listener();
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const worker: WorkerProcess = {
    told,
    ended,
    untilTold: (kind, count = 1) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (told.filter((telling) => telling.kind === kind).length < count) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        child.once("exit", () =>
          reject(new Error(`the worker ended before it told "${kind}": ${JSON.stringify(told)}`)),
        );
        look();
      }),
    signal: (name) => void child.kill(name),
    goOn: () => void child.send("go on"),
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
  await worker.untilTold("ready");
  return worker;
}
