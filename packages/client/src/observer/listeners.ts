import { ClientError } from "../errors.ts";
import { createNamedListeners } from "../event-emitter.ts";

/** Those who want to know that a snapshot has changed. */
export interface Listeners {
  readonly size: number;
  /** Adds a listener and returns a function that removes it, as often as it is called. */
  readonly add: (call: () => void) => () => void;
  /** Calls each of them. One that throws is reported and stops no other. */
  readonly tell: () => void;
}

/** Creates the listeners of an observer of that path. */
export function createListeners(report: (error: ClientError) => void, path: string): Listeners {
  const listeners = createNamedListeners<{ change: undefined }>((cause) =>
    report(new ClientError("LISTENER_THREW", `a listener of "${path}" threw`, { cause })),
  );
  return {
    get size() {
      return listeners.count("change");
    },
    add: (call) => listeners.on("change", () => call()),
    tell: () => listeners.emit("change", undefined),
  };
}
