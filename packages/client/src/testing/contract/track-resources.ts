/** What is held by code that ran since. */
export interface Resources {
  /** Timers of the platform that were neither called nor cancelled. */
  readonly timers: number;
  /** Listeners of event targets: of signals, of the window, of the document. */
  readonly listeners: number;
}

type Callback = (...args: unknown[]) => unknown;
/** As much of the platform's timers as is watched. Their types differ from platform to platform. */
interface TimerHost {
  setTimeout: (callback: Callback, ...rest: unknown[]) => unknown;
  setInterval: (callback: Callback, ...rest: unknown[]) => unknown;
  clearTimeout: (timer: unknown) => void;
  clearInterval: (timer: unknown) => void;
}

/** Counts what `use` leaves behind on the platform itself, where no fake clock sees it. */
export async function trackResources<Result>(
  use: (held: () => Resources) => Promise<Result>,
): Promise<Result> {
  const timers = new Set<unknown>();
  const listeners = new Map<EventTarget, Set<unknown>>();
  const restore = [watchTimers(timers), watchListeners(listeners)];
  const held = () => ({
    timers: timers.size,
    listeners: [...listeners]
      // What has aborted has called its listeners for the last time.
      .filter(([target]) => !(target instanceof AbortSignal && target.aborted))
      .reduce((count, [, added]) => count + added.size, 0),
  });
  try {
    return await use(held);
  } finally {
    for (const put of restore) put();
  }
}

function watchTimers(timers: Set<unknown>): () => void {
  // They are looked up on the global object, as the code under test does it.
  const host = globalThis as unknown as TimerHost;
  const { setTimeout, setInterval, clearTimeout, clearInterval } = host;
  host.setTimeout = (callback, ...rest) => {
    const timer: unknown = setTimeout(
      (...args) => {
        timers.delete(timer);
        return callback(...args);
      },
      ...rest,
    );
    timers.add(timer);
    return timer;
  };
  host.setInterval = (callback, ...rest) => {
    const timer = setInterval(callback, ...rest);
    timers.add(timer);
    return timer;
  };
  const forget = (clear: (timer: unknown) => void) => (timer: unknown) => {
    timers.delete(timer);
    clear(timer);
  };
  host.clearTimeout = forget(clearTimeout);
  host.clearInterval = forget(clearInterval);
  return () => void Object.assign(host, { setTimeout, setInterval, clearTimeout, clearInterval });
}

function watchListeners(listeners: Map<EventTarget, Set<unknown>>): () => void {
  const { prototype } = EventTarget;
  const { addEventListener, removeEventListener } = prototype;
  prototype.addEventListener = function add(this: EventTarget, type, listener, ...rest) {
    const added = listeners.get(this) ?? new Set();
    listeners.set(this, added.add(listener));
    addEventListener.call(this, type, listener, ...rest);
  };
  prototype.removeEventListener = function remove(this: EventTarget, type, listener, ...rest) {
    listeners.get(this)?.delete(listener);
    removeEventListener.call(this, type, listener, ...rest);
  };
  return () => void Object.assign(prototype, { addEventListener, removeEventListener });
}
