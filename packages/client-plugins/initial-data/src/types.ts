/** What holds for every read that has initial data. */
export interface InitialDataConfig {
  /**
   * Whether a read that begins with initial data fetches as well. `false`: the initial data is its answer.
   * Default: true.
   */
  readonly refetchInitialData?: boolean | undefined;
}

/** Options of one read. */
export interface InitialDataOptions extends InitialDataConfig {
  /**
   * What to show until there is an answer: data as the server would send it, or a function that gives it and is only
   * called when nothing is known. `undefined` is none.
   */
  readonly initialData?: unknown;
  /**
   * When the initial data was current, in milliseconds since 1970. With it a cache can tell that it is fresh; without
   * it the data counts as out of date.
   */
  readonly initialDataUpdatedAt?: number | undefined;
}

/** What the plugin adds to the types of a client. */
export interface InitialDataTypes {
  options: InitialDataOptions;
}
