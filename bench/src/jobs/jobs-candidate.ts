/** Where a candidate keeps its jobs. */
export interface Stores {
  /** A database of its own at a real server. */
  readonly postgresUrl: string;
  /** `undefined` where there is none. */
  readonly redisPort: number | undefined;
}

/** One way of running jobs, set up for one queue whose handler does nothing but count. */
export interface OpenedJobs {
  /** Acknowledged once it is stored. */
  enqueue(payload: { readonly n: number }): Promise<unknown>;
  /** Stores so many at once, by whatever is fastest. */
  fill(count: number): Promise<void>;
  /** Begins to run them, so many at a time. */
  work(concurrency: number): Promise<() => Promise<unknown>>;
  close(): Promise<unknown>;
}

/** What is measured. */
export interface JobsCandidate {
  readonly name: string;
  /** Packages whose versions the report names. */
  readonly packages: readonly string[];
  /** Why it has no part here, if it has none. */
  missing?(stores: Stores): string | undefined;
  open(stores: Stores, onHandled: (payload: unknown) => void): Promise<OpenedJobs>;
}
