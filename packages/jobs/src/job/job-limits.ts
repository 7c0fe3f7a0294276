import { ServerError } from "@x/server";

/** The numbers of a job's definition, defaults filled in. */
export interface JobLimits {
  readonly retries: number;
  readonly retryDelaySeconds: number;
  readonly retryDelayMaxSeconds: number;
  readonly timeoutSeconds: number;
  readonly leaseSeconds: number;
  readonly concurrency: number;
  readonly priority: number;
  readonly keepSeconds: number;
}

const DAY_SECONDS = 86_400;
const MOST = 2_147_483_647;

/** What each may be: least, most, default. The least lease is that of pg-boss. */
const RANGES: Readonly<Record<keyof JobLimits, readonly [least: number, most: number, otherwise: number]>> = {
  retries: [0, MOST - 1, 3],
  retryDelaySeconds: [0, DAY_SECONDS, 5],
  retryDelayMaxSeconds: [0, 365 * DAY_SECONDS, 3600],
  timeoutSeconds: [1, DAY_SECONDS, 900],
  leaseSeconds: [10, DAY_SECONDS, 30],
  concurrency: [1, 1_000, 10],
  priority: [-MOST, MOST, 0],
  keepSeconds: [1, MOST, 7 * DAY_SECONDS],
};

/** @throws ServerError `INVALID_JOB` for a number out of its range. */
export function toJobLimits(
  queue: string,
  given: Partial<Record<keyof JobLimits, number | undefined>>,
): JobLimits {
  const limits = Object.entries(RANGES).map(([name, [least, most, otherwise]]) => {
    const value = given[name as keyof JobLimits] ?? otherwise;
    if (Number.isSafeInteger(value) && value >= least && value <= most) return [name, value];
    throw new ServerError(
      "INVALID_JOB",
      `"${queue}" has ${name}: ${String(value)}: take a whole number from ${least} to ${most}`,
    );
  });
  // Every name of RANGES is there, and nothing else.
  return Object.fromEntries(limits) as unknown as JobLimits;
}
