/**
 * Has a controller abort when a signal does, and gives what lets go of the signal. `AbortSignal.any` would leave something of
 * each request with a signal that lives on, such as that of a session or a page, which may last for days.
 */
export function abortWith(controller: AbortController, signal: AbortSignal): () => void {
  const abort = () => controller.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort);
  return () => signal.removeEventListener("abort", abort);
}
