// oxlint-disable no-await-in-loop -- what is measured runs alone.
import { bytesPerRun } from "./bytes-per-run.ts";
import type { Candidate } from "./candidate.ts";
import type { Settings } from "./settings.ts";
import { shuffle } from "./shuffle.ts";

/** What one process found out about one candidate. */
interface Measurement {
  /**
   * CPU nanoseconds per run, one figure a round. It is the time of the whole process, so that garbage collection
   * and compilation in other threads count too.
   */
  readonly rounds: readonly number[];
  /** Heap bytes allocated per run. Left out where a batch has a greatest size, for it takes many runs. */
  readonly bytes?: number;
}

/** The measurements of one process, by the candidate's name. */
export type ProcessResult = Readonly<Record<string, Measurement>>;

const MAX_WARM_UP_STAGES = 5;

/**
 * Measures candidates side by side: each round runs one batch of every candidate, in an order drawn anew, so that
 * whatever disturbs the machine disturbs all of them. Warm-up rounds are alike and dropped.
 */
export async function measureInterleaved(
  candidates: readonly Candidate[],
  { rounds, warmUpMs, batchMs }: Pick<Settings, "rounds" | "warmUpMs" | "batchMs">,
): Promise<ProcessResult> {
  // In stages, because batches are sized anew in each: code gets several times faster while it warms up.
  const warmUpRounds = Math.ceil(warmUpMs / batchMs);
  const stages = Math.min(MAX_WARM_UP_STAGES, warmUpRounds);
  for (let stage = 0; stage < stages; stage++)
    await measureRounds(candidates, Math.ceil(warmUpRounds / stages), batchMs);
  const samples = await measureRounds(candidates, rounds, batchMs);

  const result: Record<string, Measurement> = {};
  for (const candidate of candidates)
    result[candidate.name] = {
      rounds: samples.get(candidate)!,
      ...(candidate.maxRuns ? {} : { bytes: await bytesPerRun(candidate) }),
    };
  return result;
}

async function measureRounds(
  candidates: readonly Candidate[],
  rounds: number,
  batchMs: number,
): Promise<Map<Candidate, number[]>> {
  const samples = new Map<Candidate, number[]>();
  const runs = new Map<Candidate, number>();
  for (const candidate of candidates) {
    samples.set(candidate, []);
    runs.set(candidate, await sizeBatch(candidate, batchMs));
  }
  for (let round = 0; round < rounds; round++)
    for (const candidate of shuffle(candidates)) {
      const count = runs.get(candidate)!;
      samples.get(candidate)!.push((await cpuNanoseconds(candidate, count)) / count);
    }
  return samples;
}

/** How many runs take about `batchMs`. The least of three times counts: a compilation may fall into one of them. */
async function sizeBatch(candidate: Candidate, batchMs: number): Promise<number> {
  const { maxRuns = Infinity } = candidate;
  const wanted = batchMs * 1e6;
  for (let runs = 1; runs < maxRuns; runs *= 2) {
    let taken = Infinity;
    for (let trial = 0; trial < 3; trial++) taken = Math.min(taken, await cpuNanoseconds(candidate, runs));
    if (taken > wanted / 4) return Math.min(maxRuns, Math.max(1, Math.round((runs * wanted) / taken)));
  }
  return maxRuns;
}

async function cpuNanoseconds(candidate: Candidate, runs: number): Promise<number> {
  await candidate.prepare?.();
  const before = process.cpuUsage();
  await candidate.batch(runs);
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
}
