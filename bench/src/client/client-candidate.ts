import type { ClientCase, ReadCase } from "./client-case.ts";
import type { Entry } from "./entries.ts";

/** The `fetch` that every candidate is given. */
export type StubFetch = typeof globalThis.fetch;

/** A client that reads the items of an API, made for one case. */
export interface Reader {
  /** Reads one item, as a user would. What it resolves to is the library's own affair. */
  read(id: number): Promise<unknown>;
  /** Reads one item and takes it out of what the library made of the response. For checks alone. */
  readItem(id: number): Promise<unknown>;
  /** Forgets what was read. Only asked of candidates with a part in the concurrent case. */
  clear(): void;
}

/** A cache of many entries. */
export interface Store {
  set(entry: Entry): void;
  /** Marks the entries of a group as out of date, as a user would. */
  invalidate(group: number): unknown;
  /** Makes an entry fresh again. */
  refresh(entry: Entry): void;
  /** How many entries are out of date. For checks alone. */
  countStale(): number;
}

/** An adapter: the least that makes a library do what the others do. */
export interface ClientCandidate {
  readonly name: string;
  /** What a table must say beside the figures. */
  readonly note?: string;
  /** Why it has no part in a case; `undefined` where it has one. */
  leavesOut(clientCase: ClientCase): string | undefined;
  createReader(readCase: ReadCase, fetch: StubFetch): Reader;
  /** Left out by a candidate without a part in any case of whole caches. */
  createStore?(): Store;
}
