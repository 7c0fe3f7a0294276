import { expect, it } from "vitest";
import { describeGaps } from "./describe-gaps.ts";

it("lists each candidate's note and each of its reasons once", () => {
  const candidates = [
    { name: "ours", leavesOut: () => undefined },
    { name: "small", note: "very small", leavesOut: (n: number) => (n > 1 ? "has no room" : undefined) },
  ];
  expect(describeGaps(candidates, [1, 2, 3])).toBe("- small: very small; has no room.");
});

it("knows no gap where another candidate of the name has a part", () => {
  const candidates = [
    { name: "ours", leavesOut: (n: number) => (n === 1 ? "watched" : undefined) },
    { name: "ours", leavesOut: (n: number) => (n === 2 ? "not watched" : undefined) },
  ];
  expect(describeGaps(candidates, [1, 2])).toBe("");
});
