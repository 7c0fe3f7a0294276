/** The time that a client and its plugins go by. Replace it in tests; times are in milliseconds. */
export interface Clock {
  now(): number;
  /** Calls `callback` once after `delayMs` and returns a function that prevents it. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** The longest delay that platforms can schedule, 24.8 days. They take what is longer, `Infinity` too, for 1 ms. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** The time of the platform. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, Math.min(delayMs, MAX_DELAY_MS));
    return () => clearTimeout(timer);
  },
};
