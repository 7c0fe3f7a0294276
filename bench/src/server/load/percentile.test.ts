import { expect, it } from "vitest";
import { percentile } from "./percentile.ts";

it("takes the nearest rank, whatever the order", () => {
  const values = Float64Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0, 0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([1, 50, 99, 100]);
});

it("is a single value itself, and no number without values", () => {
  expect(percentile(Float64Array.of(7), 0.99)).toBe(7);
  expect(percentile(new Float64Array(), 0.5)).toBeNaN();
});
