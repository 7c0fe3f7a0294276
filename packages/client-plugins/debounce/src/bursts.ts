import { ClientError, type RequestContext } from "@x/client";

/** The requests of one client that wait for their burst to end, the latest of each burst. */
export interface Bursts {
  /**
   * Waits until no request of the same burst has come for `delayMs`. It resolves to what the request fails with when
   * one has, or when nobody waits for it any more.
   *
   * @throws The reason of the caller's signal, as soon as it aborts.
   */
  wait(context: RequestContext, burst: string, delayMs: number): Promise<ClientError | undefined>;
  /** Ends the wait of a burst's latest request in favour of another. */
  supersede(burst: string): void;
  /** Ends all waits, also those to come. */
  dispose(): void;
}

export function createBursts(): Bursts {
  const waiting = new Map<string, (error: () => ClientError) => void>();
  let disposed = false;

  return {
    async wait(context, burst, delayMs) {
      if (disposed) return disposedError();
      const { signal } = context.request;
      return new Promise((resolve, reject) => {
        const stop = () => {
          cancel();
          signal?.removeEventListener("abort", onAbort);
          if (waiting.get(burst) === fail) waiting.delete(burst);
        };
        const fail = (error: () => ClientError) => {
          stop();
          resolve(error());
        };
        const onAbort = () => {
          stop();
          reject(signal?.reason);
        };
        const cancel = context.clock.schedule(() => {
          stop();
          resolve(undefined);
        }, delayMs);
        waiting.set(burst, fail);
        signal?.addEventListener("abort", onAbort, { once: true });
        // The observer has another request, or is gone.
        context.onCleanup(() => fail(() => supersededError(context)));
      });
    },

    supersede: (burst) => waiting.get(burst)?.(() => supersededError({ queryKey: burst })),

    dispose() {
      disposed = true;
      for (const fail of [...waiting.values()]) fail(disposedError);
    },
  };
}

function supersededError({ queryKey }: Pick<RequestContext, "queryKey">): ClientError {
  return new ClientError("SUPERSEDED", `${queryKey} was superseded while it was debounced, and not sent`, {
    plugin: "debounce",
  });
}

function disposedError(): ClientError {
  return new ClientError("CLIENT_DISPOSED", "the client was disposed while the request was debounced");
}
