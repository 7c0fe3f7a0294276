import type { DehydratedState } from "@x/client";

/** State as it is kept. */
export interface KeptState extends DehydratedState {
  readonly schemaVersion: string | number;
}

export type KeptEntry = DehydratedState["entries"][number];

/** Whether what a storage gave is state. Anything may have written there. */
export function isKeptState(value: unknown): value is KeptState {
  return isObject(value) && Array.isArray(value["entries"]) && value["entries"].every(isKeptEntry);
}

function isKeptEntry(value: unknown): boolean {
  if (!isObject(value) || typeof value["key"] !== "string" || !Array.isArray(value["tags"])) return false;
  const { state, stale } = value;
  return isObject(state) && typeof state["timestamp"] === "number" && typeof stale === "boolean";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Whether two lists hold the same data. Entries are replaced when they change, and never changed. */
export function isSame(one: readonly KeptEntry[], other: readonly KeptEntry[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ key, state, stale }, at) => {
      const same = other[at];
      return same?.key === key && same.state === state && same.stale === stale;
    })
  );
}

/** Whether IndexedDB can hold it. A stream or a form cannot be copied. */
export function canBeCloned(entry: KeptEntry): boolean {
  try {
    structuredClone(entry);
    return true;
  } catch {
    return false;
  }
}
