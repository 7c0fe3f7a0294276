import type { Context } from "./context.ts";

/** Has a request's signal abort when its session is over, as it does for the caller. */
export function followSession(context: Context): void {
  const ending = context.session.controller?.signal;
  if (!ending) return;
  const { request } = context;
  const { signal = ending } = request;
  request.signal = signal === ending ? ending : either(context, [signal, ending]);
}

/** `AbortSignal.any` would leave something of each request with the session, which may last for days. */
function either(context: Context, signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    const abort = () => controller.abort(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    context.onCleanup(() => signal.removeEventListener("abort", abort));
  }
  return controller.signal;
}
