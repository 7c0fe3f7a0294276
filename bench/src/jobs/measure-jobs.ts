import { type Spread, spread } from "../harness/spread.ts";
import type { JobsCandidate, OpenedJobs, Stores } from "./jobs-candidate.ts";

/** How much is measured. */
export interface JobsPlan {
  readonly rounds: number;
  readonly enqueued: number;
  readonly drained: number;
  readonly latencies: number;
  readonly concurrency: number;
}

/** What one candidate needs, in milliseconds; one figure a round. */
export interface JobsFigures {
  readonly name: string;
  /** To enqueue a job, by ten callers at a time. */
  readonly enqueueMs: readonly number[];
  /** For a job of a backlog. */
  readonly drainMs: readonly number[];
  /** From enqueueing a job to its handler, in an idle worker of the same process. */
  readonly latencyMs: readonly number[];
}

const CALLERS = 10;

/** Measures all candidates in turn, so that they meet the same noise. */
export async function measureJobs(
  candidates: readonly JobsCandidate[],
  toStores: (candidate: JobsCandidate) => Promise<Stores>,
  plan: JobsPlan,
): Promise<JobsFigures[]> {
  const benches: JobsBench[] = [];
  for (const candidate of candidates)
    benches.push(await JobsBench.open(candidate, await toStores(candidate)));
  // One round more, whose figures are dropped: code is compiled, and tables get their statistics.
  for (let round = 0; round <= plan.rounds; round += 1)
    for (const bench of benches) await bench.runRound(plan, round > 0);
  for (const bench of benches) await bench.close();
  return benches.map(({ figures }) => figures);
}

/** A backlog of this size, drained once. */
export async function drainOnce(
  candidate: JobsCandidate,
  stores: Stores,
  count: number,
  concurrency: number,
): Promise<number> {
  const bench = await JobsBench.open(candidate, stores);
  const perJobMs = await bench.drain(count, concurrency);
  await bench.close();
  return perJobMs;
}

class JobsBench {
  readonly figures: JobsFigures & { enqueueMs: number[]; drainMs: number[]; latencyMs: number[] };
  #jobs!: OpenedJobs;
  #onHandled: () => void = () => {};

  private constructor(name: string) {
    this.figures = { name, enqueueMs: [], drainMs: [], latencyMs: [] };
  }

  static async open(candidate: JobsCandidate, stores: Stores): Promise<JobsBench> {
    const bench = new JobsBench(candidate.name);
    bench.#jobs = await candidate.open(stores, () => bench.#onHandled());
    return bench;
  }

  async runRound({ enqueued, drained, latencies, concurrency }: JobsPlan, isKept: boolean): Promise<void> {
    const enqueueMs = await this.#enqueue(enqueued);
    await this.#empty(enqueued, concurrency);
    const drainMs = await this.drain(drained, concurrency);
    const latencyMs = await this.#latencies(latencies);
    if (!isKept) return;
    this.figures.enqueueMs.push(enqueueMs);
    this.figures.drainMs.push(drainMs);
    this.figures.latencyMs.push(...latencyMs);
  }

  async drain(count: number, concurrency: number): Promise<number> {
    await this.#jobs.fill(count);
    const startedAt = performance.now();
    await this.#empty(count, concurrency, () => performance.now() - startedAt);
    return this.#drainedMs / count;
  }

  close(): Promise<unknown> {
    return this.#jobs.close();
  }

  #drainedMs = 0;

  /** Until the last handler has run: how soon a worker can be stopped is its own affair. */
  async #empty(count: number, concurrency: number, toMs: () => number = () => 0): Promise<void> {
    let handled = 0;
    const all = new Promise<void>((resolve) => {
      this.#onHandled = () => {
        handled += 1;
        if (handled === count) resolve();
      };
    });
    const stop = await this.#jobs.work(concurrency);
    await all;
    this.#drainedMs = toMs();
    await stop();
  }

  async #enqueue(count: number): Promise<number> {
    const startedAt = performance.now();
    const call = async (): Promise<void> => {
      for (let n = 0; n < count / CALLERS; n += 1) await this.#jobs.enqueue({ n });
    };
    await Promise.all(Array.from({ length: CALLERS }, call));
    return (performance.now() - startedAt) / count;
  }

  async #latencies(count: number): Promise<number[]> {
    const latencies: number[] = [];
    const stop = await this.#jobs.work(1);
    for (let n = 0; n < count; n += 1) {
      // Idle, as a worker mostly is.
      await new Promise((resolve) => setTimeout(resolve, 20));
      const startedAt = performance.now();
      const handled = new Promise<void>((resolve) => (this.#onHandled = resolve));
      await this.#jobs.enqueue({ n });
      await handled;
      latencies.push(performance.now() - startedAt);
    }
    await stop();
    return latencies;
  }
}

/** A figure of one candidate as a multiple of another's in the same round. */
export function ratio(of: readonly number[], to: readonly number[]): Spread {
  return spread(of.map((value, round) => value / to[round]!));
}
