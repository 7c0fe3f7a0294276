/**
 * Waits for a promise as long as a signal does not abort. What the promise stands for goes on without the waiter.
 *
 * @throws The signal's reason, as soon as it aborts. A middleware lets it pass: the request settles as aborted.
 *
 * @example
 * ```ts
 * import { untilAborted, type ClientPlugin } from "@x/client";
 *
 * export function afterStart(started: Promise<void>): ClientPlugin {
 *   return {
 *     name: "acme:after-start",
 *     async middleware(context, next) {
 *       await untilAborted(started, context.request.signal);
 *       return next();
 *     },
 *   };
 * }
 * ```
 */
export function untilAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
