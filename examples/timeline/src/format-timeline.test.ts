import { expect, it } from "vitest";
import { formatTimeline } from "./format-timeline.ts";
import type { TimelineStep } from "./timeline-step.ts";

const step = (
  name: string,
  startedAt: number,
  endedAt: number,
  rest: Partial<TimelineStep> = {},
): TimelineStep => ({
  side: "client",
  name,
  position: 0,
  outcome: "returned",
  startedAt,
  endedAt,
  ...rest,
});

const barOf = (line: string | undefined) => line?.split("│")[1];

it("draws every run of a plugin in its line, on the axis of the whole", () => {
  const [axis, retry, fetch] = formatTimeline([
    step("retry", 0, 32),
    step("fetch", 0, 8, { position: 1, outcome: "sent", note: "503" }),
    step("fetch", 12, 16, { position: 1, outcome: "sent", note: "503" }),
    step("fetch", 24, 32, { position: 1, outcome: "sent", note: "200" }),
  ]).split("\n");
  expect(axis).toMatch(/^ +0 ms +32\.0 ms$/);
  expect(barOf(retry)).toBe("█".repeat(32));
  expect(barOf(fetch)).toBe(`${"█".repeat(8)}    ████        ${"█".repeat(8)}`);
  expect(fetch).toMatch(/ 20\.0 ms {2}2 × 503, 200$/);
});

it("draws a bar the higher the more runs are under way", () => {
  const [, line] = formatTimeline([step("cache", 0, 32), step("cache", 8, 24), step("cache", 16, 32)]).split(
    "\n",
  );
  expect(barOf(line)).toBe(`${"▄".repeat(8)}${"▆".repeat(8)}${"█".repeat(8)}${"▆".repeat(8)}`);
});

it("shows what took no time at all", () => {
  const [, line] = formatTimeline([step("cache", 5, 5, { outcome: "early" })]).split("\n");
  expect(barOf(line)).toBe(`█${" ".repeat(31)}`);
  expect(line).toMatch(/answered here$/);
});

it("gives colours to sides, and to what threw", () => {
  const text = formatTimeline(
    [step("auth", 0, 1, { side: "server", outcome: "threw" })],
    (style, painted) => `<${style}>${painted}</${style}>`,
  );
  expect(text).toContain("<server>server auth</server>");
  expect(text).toContain("<bad>threw</bad>");
});
