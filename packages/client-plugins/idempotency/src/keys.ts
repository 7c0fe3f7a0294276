import type { IdempotencyStorage } from "./types.ts";

/** The keys of one client's writes. */
interface Keys {
  /**
   * The key for a write: that of an equal one whose outcome nobody knows, or a new one. Each is given back once,
   * whatever became of it.
   */
  take(fingerprint: string): Promise<TakenKey>;
}

/** A key that a write is sent with. */
export interface TakenKey {
  readonly key: string;
  /** Gives it back. A key whose outcome is known is not used again. */
  giveBack(known: boolean): void;
}

interface KeysConfig {
  readonly storage: IdempotencyStorage;
  readonly maxAgeMs: number;
  readonly createKey: () => string;
  readonly now: () => number;
  readonly onStorageThrow: (cause: unknown) => void;
}

/** Before the names of what is kept, which others may keep things beside. */
const PREFIX = "idempotency:";

export function createKeys({ storage, maxAgeMs, createKey, now, onStorageThrow }: KeysConfig): Keys {
  const inFlight = new Set<string>();

  /** A storage that is full, or forbidden, costs what it is for and nothing else. */
  async function attempt<Result>(use: () => Result | PromiseLike<Result>): Promise<Result | undefined> {
    try {
      return await use();
    } catch (cause) {
      onStorageThrow(cause);
      return undefined;
    }
  }

  return {
    async take(fingerprint) {
      // Two equal writes at the same time are meant: each has a key of its own, and the first one's is kept.
      if (inFlight.has(fingerprint)) return { key: createKey(), giveBack() {} };
      const name = PREFIX + fingerprint;
      const fresh = createKey();
      inFlight.add(fingerprint);
      const kept = await attempt(async () => readRecord(await storage.getItem(name), now()));
      const key = kept ?? fresh;
      if (kept === undefined)
        await attempt(() => storage.setItem(name, JSON.stringify({ key, until: now() + maxAgeMs })));
      return {
        key,
        giveBack(known) {
          const end = () => void inFlight.delete(fingerprint);
          if (!known) return end();
          try {
            const removing = storage.removeItem(name);
            // Nobody waits for it, but the next equal write does not find the old key in the meantime.
            if (isPromise(removing)) removing.then(end, onStorageThrow);
            else end();
          } catch (cause) {
            // What cannot be removed stays out of use for as long as the client lives.
            onStorageThrow(cause);
          }
        },
      };
    },
  };
}

/** The key in what was kept, unless it is too old or something else. */
function readRecord(text: string | null | undefined, now: number): string | undefined {
  if (!text) return undefined;
  const record: unknown = JSON.parse(text);
  if (typeof record !== "object" || record === null || !("key" in record) || !("until" in record))
    return undefined;
  const { key, until } = record;
  return typeof key === "string" && typeof until === "number" && now < until ? key : undefined;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}
