import { describeEnvironment, installedVersion } from "../harness/environment.ts";
import { formatSpread, GOAL_HEAD, judgeGoal } from "../harness/judge-goal.ts";
import { markdownTable } from "../harness/markdown-table.ts";
import { median } from "../harness/spread.ts";
import type { JobsCandidate } from "./jobs-candidate.ts";
import { type JobsFigures, type JobsPlan, ratio } from "./measure-jobs.ts";

const OURS = "@x/jobs";
const BASE = "pg-boss";

/** A backlog, and what each job of it took. */
export interface Drained {
  readonly count: number;
  readonly msPerJob: ReadonlyMap<string, number>;
}

/** What was measured, how, and with which versions. */
export function describeMethod(candidates: readonly JobsCandidate[], { rounds, ...plan }: JobsPlan): string {
  const packages = [...new Set(candidates.flatMap((candidate) => candidate.packages))];
  const versions = packages.map((name) => `${name} ${installedVersion(name, import.meta.url)}`);
  return [
    `All candidates in one process and in turn, each with a database of its own on one PostgreSQL server of the same machine`,
    `(fsync off), or a Redis in memory; medians of ${rounds} rounds. Enqueueing: ${plan.enqueued} jobs by ten callers. Draining: a`,
    `backlog of ${plan.drained} jobs with an empty handler, ${plan.concurrency} at a time, from the worker's start to the last handler.`,
    `Latency: from enqueueing to the handler of an idle worker. Ours enqueues through an instance of its own, as another`,
    `process would: its worker listens, and in PGlite waits for its next look. pg-boss takes batches, each job with a`,
    `result of its own, and has LISTEN/NOTIFY. ${describeEnvironment()}; ${versions.join(", ")}.`,
  ].join(" ");
}

/** What is aimed at beside bare pg-boss. */
export function goalsTable(onPostgres: readonly JobsFigures[]): string {
  const [ours, base] = [find(onPostgres, OURS), find(onPostgres, BASE)];
  const goal = { limit: 1.2, unit: `× ${BASE}` };
  return markdownTable(
    GOAL_HEAD,
    [
      { ...goal, what: "time to enqueue a job", measured: ratio(ours.enqueueMs, base.enqueueMs) },
      { ...goal, what: "time of a job of a backlog", measured: ratio(ours.drainMs, base.drainMs) },
    ].map(judgeGoal),
  );
}

/** Rates and latencies of everybody on one store. */
export function figuresTable(figures: readonly JobsFigures[]): string {
  const rows = figures.map(({ name, enqueueMs, drainMs, latencyMs }) => [
    name,
    toRate(median(enqueueMs)),
    toRate(median(drainMs)),
    `${median(latencyMs).toFixed(1)} / ${percentile(latencyMs, 0.95).toFixed(1)}`,
  ]);
  const head = ["", "enqueued, 1/s", "drained, 1/s", "latency, ms, median / 95th percentile"];
  return markdownTable(head, rows, ["left", "right", "right", "right"]);
}

/** The large backlog. */
export function backlogTable({ count, msPerJob }: Drained): string {
  const rows = [...msPerJob].map(([name, ms]) => [name, ((ms * count) / 1_000).toFixed(1), toRate(ms)]);
  return markdownTable(["", `${count.toLocaleString("en")} jobs, s`, "1/s"], rows, [
    "left",
    "right",
    "right",
  ]);
}

/** Ours as a multiple of the same without us, where that is all that differs. */
export function embeddedLine(onPglite: readonly JobsFigures[]): string {
  const [ours, base] = [find(onPglite, OURS), find(onPglite, BASE)];
  return `Embedded, a job of a backlog takes ${formatSpread(ratio(ours.drainMs, base.drainMs))} times what bare pg-boss takes on PGlite.`;
}

function find(figures: readonly JobsFigures[], name: string): JobsFigures {
  return figures.find((candidate) => candidate.name === name)!;
}

const toRate = (ms: number) => Math.round(1_000 / ms).toLocaleString("en");

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
