import { createStore, del, get, promisifyRequest, type UseStore } from "idb-keyval";

/** Where state is kept. A `Map` is one; every method may be asynchronous. */
export interface StateStorage {
  get(key: string): unknown;
  set(key: string, value: unknown): unknown;
  delete(key: string): unknown;
}

/** A storage of texts, such as `localStorage`. Every method may be asynchronous. */
export interface TextStorage {
  getItem(key: string): string | null | Promise<string | null>;
  setItem(key: string, text: string): unknown;
  removeItem(key: string): unknown;
}

/**
 * Keeps state in IndexedDB, as it is: dates, maps and blobs included. Nothing is opened before it is used.
 *
 * @example
 * ```ts
 * import { indexedDbStorage, persist } from "@x/client-persist";
 *
 * persist({ storage: indexedDbStorage("my-app") });
 * ```
 */
export function indexedDbStorage(databaseName = "client"): StateStorage {
  let opened: UseStore | undefined;
  const store = () => (opened ??= createStore(databaseName, "state"));
  return {
    get: (key) => get(key, store()),
    set: (key, value) =>
      store()("readwrite", (values) => {
        values.put(value, key);
        // A page that is being left has no time to wait for the transaction to end by itself.
        values.transaction.commit();
        return promisifyRequest(values.transaction);
      }),
    delete: (key) => del(key, store()),
  };
}

/**
 * Keeps state as JSON in a storage of texts. What JSON cannot hold becomes what JSON makes of it: a date is a text
 * afterwards.
 *
 * @example
 * ```ts
 * import { jsonStorage, persist } from "@x/client-persist";
 *
 * persist({ storage: jsonStorage(localStorage) });
 * ```
 */
export function jsonStorage(storage: TextStorage): StateStorage {
  return {
    async get(key) {
      const text = await storage.getItem(key);
      return text === null ? undefined : JSON.parse(text);
    },
    set: (key, value) => storage.setItem(key, JSON.stringify(value)),
    delete: (key) => storage.removeItem(key),
  };
}
