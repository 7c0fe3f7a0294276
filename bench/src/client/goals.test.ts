import { expect, it } from "vitest";
import type { CaseResult } from "../harness/measure-cases.ts";
import { clientGoals } from "./goals.ts";
import { CORE, WITH_PLUGINS } from "./sizes.ts";

const result = (byHand: number, ours: number, peer: number): CaseResult => [
  {
    "by hand": { rounds: [byHand] },
    "@x/client": { rounds: [ours] },
    "TanStack Query": { rounds: [peer] },
  },
];

it("takes a read's own cost for what it is beyond fetch, an invalidation in percent, and sizes in KiB", () => {
  const results = new Map([
    ["cached-1", result(1, 2, 10)],
    ["uncached-5", result(100, 120, 180)],
    ["invalidate-100000", result(0, 1, 50)],
  ]);
  const sizes = new Map([
    [CORE, { minified: 9_000, gzipped: 3_072 }],
    [WITH_PLUGINS, { minified: 12_000, gzipped: 4_096 }],
  ]);
  expect(clientGoals(results, sizes).map(({ measured }) => measured.median)).toEqual([0.2, 0.25, 2, 3, 4]);
});
