import { describe, expect, it } from "vitest";
import { formatSpread, judgeGoal } from "./judge-goal.ts";
import { spread } from "./spread.ts";

const goal = { what: "10 steps", limit: 1.1, unit: "× base" };

describe("judgeGoal", () => {
  it("says that a goal is met, at the limit too", () => {
    expect(judgeGoal({ ...goal, measured: spread([1.1]) })).toEqual([
      "10 steps",
      "≤ 1.10 × base",
      "1.10",
      "met",
    ]);
  });

  it("says by how much a goal was missed", () => {
    expect(judgeGoal({ ...goal, measured: spread([1.2, 1.32, 1.4]) })).toEqual([
      "10 steps",
      "≤ 1.10 × base",
      "1.32 (1.20–1.40)",
      "missed by 20 %",
    ]);
  });

  it("does not round a near miss to a hit", () => {
    expect(judgeGoal({ ...goal, measured: spread([1.1001]) })).toContain("missed by less than 1 %");
  });
});

describe("formatSpread", () => {
  it("leaves out the ends where there is one value", () => {
    expect(formatSpread(spread([2]))).toBe("2.00");
    expect(formatSpread(spread([1, 2, 4]), 1)).toBe("2.0 (1.0–4.0)");
  });
});
