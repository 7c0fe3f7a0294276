import type { Clock } from "@x/client";

/** The waits of one client. */
interface Waits {
  /**
   * Resolves to true when the time is over, and to false when there is nothing left to wait for.
   *
   * @throws The signal's reason, as soon as it aborts.
   */
  wait(clock: Clock, delayMs: number, signal: AbortSignal | undefined): Promise<boolean>;
  /** Ends all waits, also those to come. */
  end(): void;
}

export function createWaits(): Waits {
  const waiting = new Set<() => void>();
  let ended = false;

  return {
    wait(clock, delayMs, signal) {
      if (ended) return Promise.resolve(false);
      return new Promise((resolve, reject) => {
        const stop = () => {
          cancel();
          waiting.delete(giveUp);
          signal?.removeEventListener("abort", onAbort);
        };
        const giveUp = () => {
          stop();
          resolve(false);
        };
        const onAbort = () => {
          stop();
          reject(signal?.reason);
        };
        const cancel = clock.schedule(() => {
          stop();
          resolve(true);
        }, delayMs);
        waiting.add(giveUp);
        signal?.addEventListener("abort", onAbort, { once: true });
      });
    },

    end() {
      ended = true;
      for (const giveUp of [...waiting]) giveUp();
    },
  };
}
