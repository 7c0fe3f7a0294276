import { setImmediate } from "node:timers/promises";

/** Lets whatever else is ready run, so that who does not wait is found out. */
export async function turns(count = 3): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await setImmediate();
}
