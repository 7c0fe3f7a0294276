import { expect, it } from "vitest";
import { bytes, nanoseconds, overhead, overheadRatio, timeRatio } from "./aggregate.ts";

const result = [
  { ours: { rounds: [10, 40, 20], bytes: 100 }, base: { rounds: [10, 20, 20], bytes: 50 } },
  { ours: { rounds: [30, 30, 30], bytes: 300 }, base: { rounds: [10, 10, 10], bytes: 50 } },
];

it("compares candidates within each round, then over the processes", () => {
  expect(timeRatio(result, "ours", "base")).toEqual({ median: 2, min: 1, max: 3 });
});

it("compares what lies beyond a floor within each round", () => {
  const measured = [
    { floor: { rounds: [10, 100] }, ours: { rounds: [15, 105] }, base: { rounds: [20, 110] } },
    { floor: { rounds: [10, 10] }, ours: { rounds: [12, 12] }, base: { rounds: [20, 20] } },
  ];
  expect(overheadRatio(measured, "ours", "base", "floor")).toEqual({ median: 0.35, min: 0.2, max: 0.5 });
  expect(overhead(measured, "ours", "floor")).toEqual({ median: 3.5, min: 2, max: 5 });
});

it("knows no bytes where none were counted", () => {
  expect(bytes([{ ours: { rounds: [1] } }], "ours").median).toBeNaN();
});

it("takes the median of the rounds for a time, and over the processes for bytes", () => {
  expect(nanoseconds(result, "ours")).toEqual({ median: 25, min: 20, max: 30 });
  expect(bytes(result, "ours")).toEqual({ median: 200, min: 100, max: 300 });
});
