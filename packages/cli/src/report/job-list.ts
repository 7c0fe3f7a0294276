import type { JobRecord, MissedPolicy } from "@x/jobs";
import { toColumns } from "../output/columns.ts";
import type { Terminal } from "../output/terminal.ts";

const STYLES = {
  waiting: "yellow",
  running: "cyan",
  completed: "green",
  failed: "red",
  cancelled: "dim",
} as const;

/** What is told of a schedule. */
export interface ToldSchedule {
  readonly queue: string;
  readonly pattern: string;
  readonly timeZone: string;
  readonly missed: MissedPolicy;
  readonly slots: readonly Date[];
}

/** A line a job. */
export function tellJobs(jobs: readonly JobRecord[], terminal: Terminal): void {
  const rows = jobs.map((job) => [
    terminal.paint(STYLES[job.state], job.state),
    job.id,
    job.queue,
    `${job.attempts}/${job.maxAttempts}`,
    terminal.paint("dim", (job.endedAt ?? job.dueAt).toISOString()),
  ]);
  for (const line of toColumns(rows)) terminal.line(line);
  if (jobs.length === 0) terminal.line("no jobs");
}

/** A line each for what is known of a job. */
export function tellJob(job: JobRecord, terminal: Terminal): void {
  const rows = Object.entries({ ...job, state: terminal.paint(STYLES[job.state], job.state) })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, toText(value)]);
  for (const line of toColumns(rows)) terminal.line(line);
}

/** A heading a schedule, and a line each for its next times, in its own time zone and in UTC. */
export function tellSlots(schedules: readonly ToldSchedule[], terminal: Terminal): void {
  for (const { queue, pattern, timeZone, missed, slots } of schedules) {
    terminal.line(`${queue}  ${pattern}  ${timeZone}  missed: ${missed}`);
    const local = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
    const rows = slots.map((slot) => [local.format(slot), terminal.paint("dim", slot.toISOString())]);
    for (const line of toColumns(rows, { indent: "  " })) terminal.line(line);
  }
  if (schedules.length === 0) terminal.line("no schedules");
}

function toText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? value : JSON.stringify(value);
}
