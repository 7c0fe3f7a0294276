import type { Side, TimelineStep } from "./timeline-step.ts";

/** One line of a timeline: the runs of one plugin, or of whatever else has a name. */
export interface Lane {
  readonly side: Side;
  readonly name: string;
  /** By their start. */
  readonly steps: readonly TimelineStep[];
}

const SIDES: readonly Side[] = ["screen", "others", "client", "server"];

/** Steps by side and name, each side from its outermost to its innermost. */
export function toLanes(steps: readonly TimelineStep[]): Lane[] {
  const ordered = steps.toSorted(
    (a, b) =>
      SIDES.indexOf(a.side) - SIDES.indexOf(b.side) || a.position - b.position || a.startedAt - b.startedAt,
  );
  const lanes = Map.groupBy(ordered, ({ side, name }) => `${side} ${name}`);
  return [...lanes.values()].map((own) => {
    const { side, name } = own[0]!;
    return { side, name, steps: own.toSorted((a, b) => a.startedAt - b.startedAt) };
  });
}

/** How many of these steps are under way at once, at most. */
export function countAtOnce(steps: readonly TimelineStep[]): number {
  // The most there ever are, there are when one of them has just begun.
  const beginnings = steps.map(
    ({ startedAt }) =>
      steps.filter((other) => other.startedAt <= startedAt && startedAt < other.endedAt).length,
  );
  // What takes no time at all is there all the same.
  return Math.max(Math.min(1, steps.length), ...beginnings);
}

/** For how long at least one of these steps, which are sorted by their start, is under way, in milliseconds. */
export function busyMs(steps: readonly TimelineStep[]): number {
  let total = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { startedAt, endedAt } of steps) {
    total += Math.max(0, endedAt - Math.max(startedAt, until));
    until = Math.max(until, endedAt);
  }
  return total;
}
