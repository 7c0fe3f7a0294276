import { Worker } from "node:worker_threads";
import type { ContractPlace } from "../contract/contract-place.ts";
import type { ContractRoute } from "../contract/contract-routes.ts";
import type { ContractUpdate } from "../contract/contract-updater.ts";
import type { Failure } from "../output/describe-failure.ts";

/** What became of an update. */
export interface ContractAnswer {
  readonly update?: ContractUpdate;
  readonly failure?: Failure;
}

/** Keeps a contract current, in a thread of its own. */
export interface ContractFollower {
  /** Has the contract brought up to date with these routes. Of several that wait, the last one counts. */
  update(routes: readonly ContractRoute[]): void;
  close(): Promise<void>;
}

// From `src/` and from `dist/` alike.
const WORKER = import.meta.url.endsWith(".ts") ? "./contract-worker.ts" : "./contract-worker.js";

/** Tells `onAnswer` of each update. The thread is started with the first one. */
export function followContract(
  place: ContractPlace,
  onAnswer: (answer: ContractAnswer) => void,
): ContractFollower {
  let worker: Worker | undefined;
  let isBusy = false;
  let waiting: readonly ContractRoute[] | undefined;
  const start = (): Worker => {
    const started = new Worker(new URL(WORKER, import.meta.url), { workerData: place });
    started.unref();
    // What crosses between the two is what the worker's `answer` gives.
    started.on("message", (answer: ContractAnswer) => end(answer));
    started.on("error", ({ message, stack }: Error) => {
      // It has ended with that, by running out of memory for instance. The next update gets another one.
      worker = undefined;
      end({ failure: { code: undefined, message, faults: [], stack } });
    });
    return started;
  };
  const send = (): void => {
    if (isBusy || !waiting) return;
    isBusy = true;
    worker ??= start();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(waiting);
    waiting = undefined;
  };
  const end = (answer: ContractAnswer): void => {
    isBusy = false;
    onAnswer(answer);
    send();
  };
  return {
    update(routes) {
      waiting = routes;
      send();
    },
    async close() {
      await worker?.terminate();
    },
  };
}
