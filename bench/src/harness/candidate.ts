/** One thing to measure in a case, beside the others of that case. */
export interface Candidate {
  readonly name: string;
  /**
   * Does the thing `runs` times, one after the other. Each candidate brings a loop of its own: in a shared one,
   * the call site would see every candidate and none could be inlined.
   */
  readonly batch: (runs: number) => Promise<void>;
  /** Runs before each batch and is not measured: it makes good what the batch before it has used up. */
  readonly prepare?: () => void | Promise<void>;
  /** The greatest batch: as many runs as `prepare` is enough for. Default: any number. */
  readonly maxRuns?: number;
}

/** What a module exports for the worker processes: the candidates of a case, in any order. */
export interface CandidateModule {
  createCandidates(caseId: string): Promise<Candidate[]>;
}
