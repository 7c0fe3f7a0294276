import { overheadRatio, timeRatio } from "../harness/aggregate.ts";
import type { BundleSize } from "../harness/bundle-size.ts";
import type { Goal } from "../harness/judge-goal.ts";
import type { CaseResult } from "../harness/measure-cases.ts";
import { toKibibytes } from "../harness/size-table.ts";
import { spread } from "../harness/spread.ts";
import { STACK } from "./sizes.ts";

const OURS = "@x/client";
const PEER = "TanStack Query";
const FLOOR = "by hand";

/** What the stack of five plugins aims at, beside what was measured. */
export function stackGoals(
  results: ReadonlyMap<string, CaseResult>,
  sizes: ReadonlyMap<string, BundleSize>,
): Goal[] {
  return [
    {
      what: "cached read",
      limit: 0.2,
      unit: `× ${PEER}`,
      measured: timeRatio(results.get("stack-cached")!, OURS, PEER),
    },
    {
      what: "uncached read beyond fetch by hand",
      limit: 0.25,
      unit: `× ${PEER}`,
      measured: overheadRatio(results.get("stack-uncached")!, OURS, PEER, FLOOR),
    },
    {
      what: "size of createClient and the five",
      limit: 6.5,
      unit: "KiB",
      measured: spread([toKibibytes(sizes.get(STACK)!.gzipped)]),
    },
  ];
}
