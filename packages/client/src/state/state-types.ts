/** What a client keeps under one query key. */
export interface CacheEntry {
  readonly state: {
    /** What `afterResponse` made of the chain's data. */
    readonly data: unknown;
    /** When the data was stored, in milliseconds of the client's clock. */
    readonly timestamp: number;
  };
  /** What the chain itself produced, before `afterResponse`. */
  readonly produced: unknown;
  readonly tags: readonly string[];
  /** Whether the data is known to be out of date. */
  readonly stale: boolean;
  readonly meta: Readonly<Record<string, unknown>>;
}

/** What `setCache` changes. Fields that are left out stay as they are; `produced` follows the data by default. */
export interface CachePatch {
  readonly state?: { readonly data?: unknown; readonly timestamp?: number };
  readonly produced?: unknown;
  readonly tags?: readonly string[];
  readonly stale?: boolean;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** A client's state as plain data, to be carried from a server to a browser. */
export interface DehydratedState {
  /** Whose it is. No client of another identity takes it over. */
  readonly identity?: string | undefined;
  readonly entries: readonly (Omit<CacheEntry, "meta"> & { readonly key: string })[];
}

/** What a plugin lays over the data of a key, such as changes that the server has yet to confirm. */
export interface EntryView {
  /**
   * Gives what to show in place of the stored data, and changes nothing: it is called again whenever something is
   * stored or served. `asOf` is the latest mark that the stored data has (see `mark` of the state manager).
   */
  show(data: unknown, asOf: number): unknown;
  /** Shown over the meta of the entry. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** A view that lies over a key. */
export interface PlacedView {
  /** Call it when the view would give something else. `false` when it lies there no more. */
  refresh(): boolean;
  remove(): void;
}

/** The data of all keys, who listens to them, and what is out of date. */
export interface StateManager {
  /** The entry of a key, or `undefined` when nothing was stored under it. */
  getCache(queryKey: string): CacheEntry | undefined;
  /** Stores or changes an entry and notifies its subscribers. New data is fresh unless `stale` says otherwise. */
  setCache(queryKey: string, patch: CachePatch): void;
  /** Forgets an entry and notifies its subscribers. An answer that is still under way is stored as stale. */
  deleteCache(queryKey: string): void;
  /** Merges into the entry's meta, and creates no entry. */
  setMeta(queryKey: string, meta: Readonly<Record<string, unknown>>): void;
  /**
   * Marks entries out of date by tags or patterns (`posts`, `posts/*`, `*`), also for answers that are still
   * under way. Returns the keys that had data.
   */
  markStale(patterns: string | readonly string[]): string[];
  /** The keys with data that any of the tags or patterns matches. */
  findKeys(patterns: string | readonly string[]): string[];
  /** Calls the listener after each change of a key with what is there now, and returns a function that stops it. */
  subscribe(queryKey: string, listener: (entry: CacheEntry | undefined) => void): () => void;
  /** Forgets all data, drops answers under way, notifies subscribers and keeps them subscribed. */
  clear(): void;
  /**
   * Lays a view over a key, also over what is stored there later, until it is removed or the state is cleared. The
   * stored data stays as it is: `dehydrate` carries it as stale.
   */
  addView(queryKey: string, view: EntryView): PlacedView;
  /** Makes a mark in time. Data has the mark if it was asked for, or written, after that. */
  mark(): number;
  /** The stored data of all keys, for `hydrate` elsewhere. */
  dehydrate(): DehydratedState;
  /** Takes over data of the same identity; of another one it takes nothing. Entries that are newer here stay. */
  hydrate(state: DehydratedState): void;
  /** How many entries hold data. */
  readonly size: number;
}
