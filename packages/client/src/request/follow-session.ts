import { abortWith } from "./abort-with.ts";
import type { Context } from "./context.ts";

/** Has a request's signal abort when its session is over, as it does for the caller. */
export function followSession(context: Context): void {
  const ending = context.session.controller?.signal;
  if (!ending) return;
  const { request } = context;
  const { signal = ending } = request;
  request.signal = signal === ending ? ending : either(context, [signal, ending]);
}

function either(context: Context, signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) context.onCleanup(abortWith(controller, signal));
  return controller.signal;
}
