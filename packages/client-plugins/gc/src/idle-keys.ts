/** The keys that nobody uses, and since when. No method looks at more keys than it gives. */
export interface IdleKeys {
  readonly size: number;
  has(key: string): boolean;
  /** Adds a key that is idle from now on. Time does not go back from one call to the next. */
  add(key: string, gcTime: number, now: number): void;
  /** Takes a key out and gives its `gcTime`, or `undefined` when it was not there. */
  remove(key: string): number | undefined;
  /** The keys whose time is over. */
  expired(now: number): string[];
  /** The key that is idle for longest. */
  oldest(): string | undefined;
  /** When the next key's time is over; `Infinity` when that is never. */
  nextDue(): number;
  keys(): Iterable<string>;
}

export function createIdleKeys(): IdleKeys {
  // A queue for each `gcTime`, of which a client has a few. Within one, the key that is idle for longest is the first
  // whose time is over.
  const queues = new Map<number, Map<string, number>>();
  const gcTimes = new Map<string, number>();

  /** The least of what `of` gives for the first key of each queue, with that key. */
  function least(of: (since: number, gcTime: number) => number): {
    readonly key?: string;
    readonly value: number;
  } {
    let found: { readonly key?: string; readonly value: number } = { value: Infinity };
    for (const [gcTime, queue] of queues) {
      for (const [key, since] of queue) {
        const value = of(since, gcTime);
        if (value < found.value) found = { key, value };
        break;
      }
    }
    return found;
  }

  return {
    get size() {
      return gcTimes.size;
    },
    has: (key) => gcTimes.has(key),
    keys: () => gcTimes.keys(),

    add(key, gcTime, now) {
      const queue = queues.get(gcTime) ?? new Map<string, number>();
      queues.set(gcTime, queue.set(key, now));
      gcTimes.set(key, gcTime);
    },

    remove(key) {
      const gcTime = gcTimes.get(key);
      if (gcTime === undefined) return undefined;
      gcTimes.delete(key);
      const queue = queues.get(gcTime);
      queue?.delete(key);
      if (queue?.size === 0) queues.delete(gcTime);
      return gcTime;
    },

    expired(now) {
      const keys: string[] = [];
      for (const [gcTime, queue] of queues) {
        for (const [key, since] of queue) {
          if (since + gcTime > now) break;
          keys.push(key);
        }
      }
      return keys;
    },

    oldest: () => least((since) => since).key,
    nextDue: () => least((since, gcTime) => since + gcTime).value,
  };
}
