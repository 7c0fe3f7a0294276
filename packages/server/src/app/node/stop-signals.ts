import { constants } from "node:os";

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

/**
 * Calls `stop` at the first SIGTERM or SIGINT, and ends the process at the second.
 *
 * @returns Takes the listeners away.
 */
export function onStopSignal(stop: (signal: string) => void): () => void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    // As a shell says of a process that a signal has ended.
    if (stopping) process.exit(128 + constants.signals[signal]);
    stopping = true;
    stop(signal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}
