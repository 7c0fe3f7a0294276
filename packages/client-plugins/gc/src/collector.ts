import type { ClientScope } from "@x/client";
import { createIdleKeys } from "./idle-keys.ts";

/** Knows which keys of one client are in use, and forgets those that were not for too long. */
interface Collector {
  /** Begins a use of a key: until it has been released as often, the key is not forgotten. */
  use(key: string, gcTime: number): void;
  release(key: string): void;
  isMounted(instanceId: string): boolean;
  /** Says which key a mounted observer shows. */
  observe(instanceId: string, key: string, gcTime: number): void;
  unobserve(instanceId: string): void;
  /** Ends the timer. */
  stop(): void;
}

interface Limits {
  /** Of keys whose uses were not seen. */
  readonly gcTime: number;
  readonly maxEntries: number;
}

interface Use {
  count: number;
  /** The longest that anybody asked for. */
  gcTime: number;
}

export function createCollector(
  { stateManager, clock }: Pick<ClientScope, "stateManager" | "clock">,
  { gcTime: defaultGcTime, maxEntries }: Limits,
): Collector {
  const uses = new Map<string, Use>();
  const idle = createIdleKeys();
  /** What mounted observers show, by their ids. */
  const shown = new Map<string, string>();
  let timer: { readonly due: number; readonly cancel: () => void } | undefined;

  function use(key: string, gcTime: number): void {
    const known = uses.get(key) ?? { count: 0, gcTime: idle.remove(key) ?? gcTime };
    uses.set(key, { count: known.count + 1, gcTime: Math.max(known.gcTime, gcTime) });
    sweep();
  }

  function release(key: string): void {
    const known = uses.get(key);
    if (!known) return;
    known.count -= 1;
    if (known.count > 0) return;
    uses.delete(key);
    if (stateManager.getCache(key)) idle.add(key, known.gcTime, clock.now());
    sweep();
  }

  function sweep(): void {
    if (stateManager.size > uses.size + idle.size) adopt();
    // What others have deleted is of no use here; twice as many are waited for, so that this is seldom.
    if (idle.size > 2 * stateManager.size)
      for (const key of [...idle.keys()]) if (!stateManager.getCache(key)) idle.remove(key);

    for (const key of idle.expired(clock.now())) forget(key);
    while (stateManager.size > maxEntries) {
      if (idle.size === 0 && stateManager.size > uses.size) adopt();
      const key = idle.oldest();
      if (key === undefined) break;
      forget(key);
    }
    arm();
  }

  /** Takes on what was put into the state past all requests, as by `hydrate`: that is its first use. */
  function adopt(): void {
    for (const key of stateManager.findKeys("*"))
      if (!uses.has(key) && !idle.has(key)) idle.add(key, defaultGcTime, clock.now());
  }

  function forget(key: string): void {
    // Who was told of another key may have begun to use this one.
    if (idle.remove(key) !== undefined) stateManager.deleteCache(key);
  }

  /** Has a timer while something is on screen, and none otherwise: a server, which mounts nothing, never has one. */
  function arm(): void {
    const due = shown.size > 0 ? idle.nextDue() : Infinity;
    // One that comes too early looks again when it does.
    if (timer && due < Infinity && timer.due <= due) return;
    stop();
    if (due === Infinity) return;
    const cancel = clock.schedule(() => {
      timer = undefined;
      sweep();
    }, due - clock.now());
    timer = { due, cancel };
  }

  function stop(): void {
    timer?.cancel();
    timer = undefined;
  }

  return {
    use,
    release,
    stop,
    isMounted: (instanceId) => shown.has(instanceId),

    observe(instanceId, key, gcTime) {
      const before = shown.get(instanceId);
      shown.set(instanceId, key);
      // In this order: a key that it stays with is in use throughout.
      use(key, gcTime);
      if (before !== undefined) release(before);
    },

    unobserve(instanceId) {
      const key = shown.get(instanceId);
      shown.delete(instanceId);
      if (key !== undefined) release(key);
      arm();
    },
  };
}
