import { expect, it } from "vitest";
import { bytes, nanoseconds, timeRatio } from "./aggregate.ts";

const result = [
  { ours: { rounds: [10, 40, 20], bytes: 100 }, base: { rounds: [10, 20, 20], bytes: 50 } },
  { ours: { rounds: [30, 30, 30], bytes: 300 }, base: { rounds: [10, 10, 10], bytes: 50 } },
];

it("compares candidates within each round, then over the processes", () => {
  expect(timeRatio(result, "ours", "base")).toEqual({ median: 2, min: 1, max: 3 });
});

it("takes the median of the rounds for a time, and over the processes for bytes", () => {
  expect(nanoseconds(result, "ours")).toEqual({ median: 25, min: 20, max: 30 });
  expect(bytes(result, "ours")).toEqual({ median: 200, min: 100, max: 300 });
});
