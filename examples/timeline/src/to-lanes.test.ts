import { describe, expect, it } from "vitest";
import type { TimelineStep } from "./timeline-step.ts";
import { busyMs, countAtOnce, toLanes } from "./to-lanes.ts";

const step = (startedAt: number, endedAt: number, rest: Partial<TimelineStep> = {}): TimelineStep => ({
  side: "client",
  name: "cache",
  position: 0,
  outcome: "returned",
  startedAt,
  endedAt,
  ...rest,
});

describe("toLanes", () => {
  it("puts the screen above the client and the client above the server, each from the outermost inwards", () => {
    const lanes = toLanes([
      step(3, 4, { side: "server", name: "limit" }),
      step(2, 5, { name: "retry", position: 1 }),
      step(1, 6),
      step(0, 7, { side: "screen", name: "2 orders" }),
    ]);
    expect(lanes.map(({ side, name }) => `${side} ${name}`)).toEqual([
      "screen 2 orders",
      "client cache",
      "client retry",
      "server limit",
    ]);
  });

  it("gathers the runs of one plugin, by their start", () => {
    const [lane] = toLanes([step(5, 6), step(1, 2)]);
    expect(lane?.steps.map(({ startedAt }) => startedAt)).toEqual([1, 5]);
  });

  it("keeps apart what has one name on both sides", () => {
    expect(
      toLanes([step(0, 1, { name: "auth" }), step(0, 1, { name: "auth", side: "server" })]),
    ).toHaveLength(2);
  });
});

it("counts as at once what overlaps, and not what follows on each other", () => {
  expect(countAtOnce([])).toBe(0);
  expect(countAtOnce([step(1, 1)])).toBe(1);
  expect(countAtOnce([step(0, 2), step(2, 4)])).toBe(1);
  expect(countAtOnce([step(0, 3), step(1, 4), step(2, 5), step(4, 6)])).toBe(3);
});

it("is busy while at least one step is, and not in between", () => {
  expect(busyMs([step(0, 3), step(1, 2), step(2, 4), step(10, 11)])).toBe(5);
});
