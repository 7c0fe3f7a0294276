import { definePlugin, isFailure, type RequestContext } from "@x/client";

/** Sends a read again that got no response, or one that says to try later. */
export function retry({ retries, delayMs }: { readonly retries: number; readonly delayMs: number }) {
  return definePlugin()({
    name: "bench:retry",
    operations: ["read"],
    repeatable: true,
    async middleware(context, next) {
      for (let attempt = 0; ; attempt += 1) {
        const response = await next();
        const again = isFailure(response) && (response.status === 0 || response.status === 503);
        if (!again || attempt === retries || context.request.signal?.aborted) return response;
        await wait(context, delayMs * 2 ** attempt);
      }
    },
  });
}

/** Waits, and no longer than the caller does. */
function wait({ clock, request: { signal } }: RequestContext, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const cancel = clock.schedule(end, delayMs);
    signal?.addEventListener("abort", end);
  });
}
