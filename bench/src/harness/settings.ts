/** How long and how often to measure. */
export interface Settings {
  /** Processes per case. The JIT decides anew in each one, so they differ more than the rounds of one do. */
  readonly processes: number;
  /** Measured rounds per process. In each, every candidate runs one batch. */
  readonly rounds: number;
  /** CPU time that one candidate spends in warm-up rounds, which are dropped. */
  readonly warmUpMs: number;
  /** CPU time that one batch is sized for. Short ones, so that the candidates of a round meet the same noise. */
  readonly batchMs: number;
  /** No more processes are started when they would end later than this. One per case there always is. */
  readonly budgetMs: number;
  /** Whether the result is good enough to be published in a README. */
  readonly publish: boolean;
}

/** What the READMEs show. */
export const FULL: Settings = {
  processes: 5,
  rounds: 60,
  warmUpMs: 100,
  batchMs: 1,
  budgetMs: 205_000,
  publish: true,
};

/** For a look while working: the same cases, less sure. */
export const QUICK: Settings = {
  processes: 2,
  rounds: 25,
  warmUpMs: 40,
  batchMs: 1,
  budgetMs: 33_000,
  publish: false,
};
