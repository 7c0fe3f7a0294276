/** More ticks than any chain of this package needs to unwind. */
const TICKS = 200;

/** Lets everything run that waits for promises alone, and neither for a timer nor for a reply. */
export async function flushMicrotasks(): Promise<void> {
  for (let tick = 0; tick < TICKS; tick += 1) await Promise.resolve();
}
