import { overheadRatio, timeRatio } from "../harness/aggregate.ts";
import type { BundleSize } from "../harness/bundle-size.ts";
import type { Goal } from "../harness/judge-goal.ts";
import type { CaseResult } from "../harness/measure-cases.ts";
import { toKibibytes } from "../harness/size-table.ts";
import { type Spread, spread } from "../harness/spread.ts";
import { CORE, WITH_PLUGINS } from "./sizes.ts";

const OURS = "@x/client";
const PEER = "TanStack Query";
const FLOOR = "by hand";

/** What the client aims at, beside what was measured. */
export function clientGoals(
  results: ReadonlyMap<string, CaseResult>,
  sizes: ReadonlyMap<string, BundleSize>,
): Goal[] {
  const kibibytes = (name: string) => spread([toKibibytes(sizes.get(name)!.gzipped)]);
  return [
    {
      what: "cached read",
      limit: 0.2,
      unit: `× ${PEER}`,
      measured: timeRatio(results.get("cached-1")!, OURS, PEER),
    },
    {
      what: "uncached read beyond fetch by hand, cache and 4 more plugins",
      limit: 0.25,
      unit: `× ${PEER}`,
      measured: overheadRatio(results.get("uncached-5")!, OURS, PEER, FLOOR),
    },
    {
      what: "invalidating 1 % of 100,000 entries (20 × faster)",
      limit: 5,
      unit: `% of ${PEER}'s time`,
      measured: inPercent(timeRatio(results.get("invalidate-100000")!, OURS, PEER)),
    },
    { what: "size of createClient", limit: 3.5, unit: "KiB", measured: kibibytes(CORE) },
    { what: "size with 5 plugins", limit: 6.5, unit: "KiB", measured: kibibytes(WITH_PLUGINS) },
  ];
}

function inPercent({ median, min, max }: Spread): Spread {
  return { median: median * 100, min: min * 100, max: max * 100 };
}
