import type { IdempotencyStorage } from "./types.ts";

/** Of so many writes the outcome may be unknown at a time; beyond it, the key of the oldest is forgotten. */
const MAX_ITEMS = 1_000;

/** A storage that lasts as long as the client. */
export function createMemoryStorage(): IdempotencyStorage {
  const items = new Map<string, string>();
  return {
    getItem: (name) => items.get(name),
    setItem(name, value) {
      items.delete(name);
      items.set(name, value);
      if (items.size > MAX_ITEMS) items.delete(items.keys().next().value!);
    },
    removeItem: (name) => items.delete(name),
  };
}
