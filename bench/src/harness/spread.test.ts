import { describe, expect, it } from "vitest";
import { median, spread } from "./spread.ts";

describe("median", () => {
  it("is the middle one of an odd number of values, in any order", () => {
    expect(median([30, 1, 2])).toBe(2);
  });

  it("is the mean of the two middle ones of an even number", () => {
    expect(median([4, 1, 100, 2])).toBe(3);
  });

  it("is a single value itself, and no number without values", () => {
    expect(median([7])).toBe(7);
    expect(median([])).toBeNaN();
  });

  it("sorts by size, not by text, and leaves the array as it was", () => {
    const values = [10, 9, 1];
    expect(median(values)).toBe(9);
    expect(values).toEqual([10, 9, 1]);
  });
});

describe("spread", () => {
  it("holds the median and both ends", () => {
    expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  });
});
