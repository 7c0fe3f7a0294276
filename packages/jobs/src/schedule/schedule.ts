import { ServerError } from "@x/server";
import { Cron } from "croner";
import { messageOf } from "../message-of.ts";

/** What becomes of times that nobody was there for: nothing, one job for the latest, or one for each. */
export type MissedPolicy = "skip" | "latest" | "all";

/** When a job runs by itself. */
export interface ScheduleOptions<Params = unknown> {
  /** A cron pattern of five fields, such as `0 3 * * *`; six begin with seconds. */
  readonly pattern: string;
  /** An IANA time zone, such as `Europe/Vienna`. Default: `UTC`. */
  readonly timeZone?: string | undefined;
  /** What becomes of times at which no worker ran. Default: `skip`. */
  readonly missed?: MissedPolicy | undefined;
  /** The payload of each. Default: `{}`. */
  readonly params?: Params | undefined;
}

/** The times of a cron pattern in a time zone. */
export class Schedule {
  readonly pattern: string;
  readonly timeZone: string;
  readonly missed: MissedPolicy;
  readonly params: unknown;
  readonly #cron: Cron;

  /** @throws ServerError `INVALID_JOB` for a pattern or a time zone that is none. */
  constructor(queue: string, options: string | ScheduleOptions) {
    const {
      pattern,
      timeZone = "UTC",
      missed = "skip",
      params = {},
    } = typeof options === "string" ? { pattern: options } : options;
    if (!["skip", "latest", "all"].includes(missed))
      throw new ServerError(
        "INVALID_JOB",
        `the schedule of "${queue}" has missed: ${JSON.stringify(missed)}: take "skip", "latest" or "all"`,
      );
    this.pattern = pattern;
    this.timeZone = timeZone;
    this.missed = missed;
    this.params = params;
    try {
      this.#cron = new Cron(pattern, { timezone: timeZone, paused: true });
      // The time zone is looked at when it is first needed, and the 30th of February never comes.
      if (!this.#cron.nextRun()) throw new RangeError("that time never comes");
    } catch (cause) {
      throw new ServerError(
        "INVALID_JOB",
        `the schedule of "${queue}", "${pattern}" in ${timeZone}, cannot be read: ${messageOf(cause)}`,
        { cause },
      );
    }
  }

  /** The next times after `from`, the earliest first. */
  next(count: number, from: Date): Date[] {
    return this.#cron.nextRuns(count, from);
  }

  /** The times after `from` up to `to`, the earliest first; where there are more, the latest `limit` of them. */
  between(from: Date, to: Date, limit: number): Date[] {
    const slots: Date[] = [];
    // Backwards from the end, so that a long absence costs no more than what is asked for.
    let [slot] = this.#cron.previousRuns(1, new Date(to.getTime() + 1));
    while (slot && slot > from && slots.length < limit) {
      slots.unshift(slot);
      [slot] = this.#cron.previousRuns(1, slot);
    }
    return slots;
  }
}
