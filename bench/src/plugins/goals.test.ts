import { expect, it } from "vitest";
import type { CaseResult } from "../harness/measure-cases.ts";
import { stackGoals } from "./goals.ts";
import { STACK } from "./sizes.ts";

const result = (byHand: number, ours: number, peer: number): CaseResult => [
  {
    "by hand": { rounds: [byHand] },
    "@x/client": { rounds: [ours] },
    "TanStack Query": { rounds: [peer] },
  },
];

it("takes the stack's own cost of an uncached read for what it is beyond fetch, and its size in KiB", () => {
  const results = new Map([
    ["stack-cached", result(1, 2, 10)],
    ["stack-uncached", result(100, 120, 180)],
  ]);
  const sizes = new Map([[STACK, { minified: 20_000, gzipped: 7_168 }]]);
  expect(stackGoals(results, sizes).map(({ measured }) => measured.median)).toEqual([0.2, 0.25, 7]);
});
