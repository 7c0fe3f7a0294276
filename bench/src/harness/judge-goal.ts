import type { Spread } from "./spread.ts";

/** A figure that must not exceed a limit. */
export interface Goal {
  readonly what: string;
  readonly limit: number;
  /** What follows the figure, such as `× koa-compose` or `KiB`. */
  readonly unit: string;
  readonly measured: Spread;
}

/** The head of a table of goals. */
export const GOAL_HEAD = ["what", "goal", "measured", "verdict"];

/** A goal as a row of that table. The verdict takes the measured median as it is, not as it is rounded here. */
export function judgeGoal({ what, limit, unit, measured }: Goal): string[] {
  const over = measured.median / limit - 1;
  const verdict = over <= 0 ? "met" : `missed by ${percent(over)}`;
  return [what, `≤ ${limit.toFixed(2)} ${unit}`, formatSpread(measured), verdict];
}

/** A median with its least and greatest value, where they differ. */
export function formatSpread({ median, min, max }: Spread, digits = 2): string {
  const text = median.toFixed(digits);
  return min === max ? text : `${text} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}

/** Never rounded down to nothing: a goal that was missed by a hair was missed. */
const percent = (share: number) => (share < 0.01 ? "less than 1 %" : `${Math.round(share * 100)} %`);
