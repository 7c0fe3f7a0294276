import { constants } from "node:os";

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

/** Waits for the first SIGTERM or SIGINT. A second one ends the process at once. */
export function waitForStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let stopping = false;
    for (const signal of SIGNALS)
      process.on(signal, () => {
        // As a shell says of a process that a signal has ended.
        if (stopping) process.exit(128 + constants.signals[signal]);
        stopping = true;
        resolve(signal);
      });
  });
}
