// TypeScript keeps a thread busy for as long as it looks at types. It has this one to itself: requests do not wait for it.
import { parentPort, workerData } from "node:worker_threads";
import type { ContractPlace } from "../contract/contract-place.ts";
import type { ContractRoute } from "../contract/contract-routes.ts";
import { ContractUpdater } from "../contract/contract-updater.ts";
import { describeFailure } from "../output/describe-failure.ts";
import type { ContractAnswer } from "./follow-contract.ts";

// The one who starts it is `followContract`, and gives it that.
const updater = new ContractUpdater(workerData as ContractPlace);

parentPort?.on("message", (routes: readonly ContractRoute[]) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  void answer(routes).then((it) => parentPort?.postMessage(it));
});

async function answer(routes: readonly ContractRoute[]): Promise<ContractAnswer> {
  try {
    return { update: await updater.update(routes) };
  } catch (error) {
    return { failure: describeFailure(error) };
  }
}
