/**
 * Waits for a promise, and no longer than a signal lets it. What comes later goes to `onLate`.
 *
 * @throws The signal's reason, as soon as it aborts, or what the promise rejects with.
 */
export function untilAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
  onLate: (value: Value) => void,
): Promise<Value> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    promise
      .then((value) => {
        if (!signal.aborted) return resolve(value);
        onLate(value);
        // It may have aborted before anybody listened.
        return onAbort();
      }, reject)
      .finally(() => signal.removeEventListener("abort", onAbort));
  });
}
