import type { Clock } from "../clock.ts";
import { flushMicrotasks } from "./flush-microtasks.ts";

/** A clock that stands still until it is told to move. */
export interface FakeClock extends Clock {
  /** Moves on, calls what falls due in its order, and lets promises settle in between. */
  advance(ms: number): Promise<void>;
  /** How many callbacks are scheduled: 0 when nothing was left behind. */
  readonly scheduled: number;
}

/** Creates a fake clock that starts at `startMs`. */
export function createFakeClock(startMs = 0): FakeClock {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let now = startMs;

  const nextDue = (until: number) =>
    [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];

  return {
    get scheduled() {
      return timers.size;
    },
    now: () => now,
    schedule(callback, delayMs) {
      const timer = { at: now + Math.max(0, delayMs), callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    async advance(ms) {
      const until = now + ms;
      await flushMicrotasks();
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.callback();
        await flushMicrotasks();
      }
      now = until;
    },
  };
}
