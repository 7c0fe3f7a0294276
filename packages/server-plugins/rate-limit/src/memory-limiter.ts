import type { Limiter, LimiterOptions } from "./types.ts";

/** A limiter that ends its timers when it is closed. */
export interface MemoryLimiter extends Limiter {
  /** How many keys it knows. */
  readonly size: number;
  /** Forgets everything. */
  close(): void;
}

/**
 * Counts in this process's memory. It never holds more than `maxKeys`: where more clients come within one window, who
 * has been silent longest is forgotten first.
 */
export async function createMemoryLimiter(options: LimiterOptions, maxKeys: number): Promise<MemoryLimiter> {
  // Loaded when it is used: with it come the clients of all stores.
  const { RateLimiterMemory } = await import("rate-limiter-flexible");
  const limiter = new RateLimiterMemory({ ...options });
  const lifetimeMs = Math.max(options.duration, options.blockDuration) * 1000;
  /** When a key will have been forgotten by the limiter itself, whoever was silent longest first. */
  const expiries = new Map<string, number>();

  const forget = (key: string): void => {
    expiries.delete(key);
    void limiter.delete(key);
  };
  const makeRoom = (now: number): void => {
    // Two for the one that came, so that what a wave has left behind ebbs away without a halt.
    let left = 2;
    for (const [key, expiry] of expiries) {
      if (left === 0 || (expiry > now && expiries.size <= maxKeys)) return;
      left -= 1;
      forget(key);
    }
  };

  return {
    consume(key) {
      const now = Date.now();
      // To the end of the map.
      expiries.delete(key);
      expiries.set(key, now + lifetimeMs);
      makeRoom(now);
      return limiter.consume(key);
    },
    get size() {
      return expiries.size;
    },
    close() {
      for (const key of expiries.keys()) forget(key);
    },
  };
}
