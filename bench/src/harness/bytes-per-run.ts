// oxlint-disable no-await-in-loop -- what is measured runs alone.
import { GCProfiler } from "node:v8";
import type { Candidate } from "./candidate.ts";
import { median } from "./spread.ts";

const SAMPLES = 7;
/** Well below the young generation's first size, 1 MiB, so that a batch fits in without a collection. */
const BATCH_BYTES = 200_000;

/**
 * Heap bytes that one run of a candidate allocates, as the slope between a batch and one twice its size: what the
 * measuring allocates is in both and cancels out. A pair in which a collection ran is thrown away. Needs
 * `--expose-gc`.
 */
export async function bytesPerRun(candidate: Candidate): Promise<number> {
  // Collections age compiled code. A few runs make sure that it is the optimised code which is measured.
  await candidate.batch(1000);
  const estimate = (await grownBy(candidate, 20)) ?? BATCH_BYTES;
  const runs = Math.max(1, Math.floor((20 * BATCH_BYTES) / Math.max(estimate, 20)));

  const slopes: number[] = [];
  for (let attempt = 0; attempt < SAMPLES * 3 && slopes.length < SAMPLES; attempt++) {
    const once = await grownBy(candidate, runs);
    const twice = await grownBy(candidate, runs * 2);
    if (once !== undefined && twice !== undefined) slopes.push((twice - once) / runs);
  }
  return median(slopes);
}

/** How far the heap grew in a batch; `undefined` when a collection ran meanwhile. */
async function grownBy(candidate: Candidate, runs: number): Promise<number | undefined> {
  if (!globalThis.gc) throw new Error("bytes per run need node --expose-gc");
  // A minor collection empties the young generation; a full one would make V8 flush code between samples.
  await globalThis.gc({ type: "minor", execution: "async" });
  const profiler = new GCProfiler();
  profiler.start();
  const before = process.memoryUsage().heapUsed;
  await candidate.batch(runs);
  const after = process.memoryUsage().heapUsed;
  return profiler.stop()?.statistics.length ? undefined : after - before;
}
