/**
 * Makes a function run once for all its callers. Callers that come while it runs share that run; its success is
 * kept for later ones; its failure reaches every waiter, and the next call tries again.
 *
 * @example
 * ```ts
 * import { singleFlight } from "@x/pipeline";
 *
 * const connect = singleFlight(async () => ({ connected: true }));
 * const [a, b] = await Promise.all([connect(), connect()]);
 * console.log(a === b); // true
 * ```
 */
export function singleFlight<Value>(run: () => Value | PromiseLike<Value>): () => Promise<Value> {
  let flight: Promise<Value> | undefined;
  return () => {
    // A tick later than the call, so that `run` finds the flight in place if it calls this function itself. The
    // clearing is part of the shared promise: when a waiter hears of the failure, the next call can try again.
    flight ??= Promise.resolve()
      .then(run)
      .catch((error: unknown) => {
        flight = undefined;
        throw error;
      });
    return flight;
  };
}
