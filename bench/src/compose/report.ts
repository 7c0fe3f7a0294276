import { bytes, nanoseconds, timeRatio } from "../harness/aggregate.ts";
import { type BarGroup, barChart } from "../harness/bar-chart.ts";
import type { BundleSize } from "../harness/bundle-size.ts";
import { describeEnvironment, installedVersion } from "../harness/environment.ts";
import { formatSpread, GOAL_HEAD, judgeGoal } from "../harness/judge-goal.ts";
import { markdownTable } from "../harness/markdown-table.ts";
import type { CaseResult } from "../harness/measure-cases.ts";
import type { Spread } from "../harness/spread.ts";
import { candidatesOf, composeCandidates } from "./candidates.ts";
import { type ComposeCase, composeCases } from "./compose-case.ts";
import { composeGoals } from "./goals.ts";

type Results = ReadonlyMap<string, CaseResult>;
type Sizes = ReadonlyMap<string, BundleSize>;

const BASE = "hand-nested";
const CHART_BASE = "koa-compose";
const NAMES = [...new Set(composeCandidates.map(({ name }) => name))];
const CHARTED = [
  "steps-async-10",
  "steps-plain-10",
  "steps-plain-10-turn",
  "early-async-10",
  "early-plain-10",
];

/** The goals with their verdicts, as a table. */
export function goalsTable(results: Results, sizes: Sizes): string {
  return markdownTable(GOAL_HEAD, composeGoals(results, sizes).map(judgeGoal));
}

/** What was measured, how, and with which versions. */
export function describeMethod(results: Results): string {
  const processes = Math.min(...[...results.values()].map((result) => result.length));
  const versions = ["@x/pipeline", "koa-compose", "hono", "hookable"].map(
    (name) => `${name} ${installedVersion(name, import.meta.url)}`,
  );
  return [
    `CPU time of one awaited run of a chain: equal steps and an equal async core for every candidate, all candidates`,
    `interleaved in one process, medians over its rounds and then over ${processes} processes (least–greatest).`,
    `Hand-nested closures are the limit: the calls written out, with no guard. ${describeEnvironment()};`,
    `${versions.join(", ")}.`,
  ].join(" ");
}

/** CPU time of every case as a ratio to hand-nested closures. */
export function timeTable(results: Results, format: (ratio: Spread) => string = formatSpread): string {
  return caseTable(`${BASE}, ns`, results, (result, name) =>
    name === BASE ? nanoseconds(result, name).median.toFixed(0) : format(timeRatio(result, name, BASE)),
  );
}

/** Heap bytes per run of every case. */
export function bytesTable(results: Results): string {
  return caseTable(BASE, results, (result, name) => bytes(result, name).median.toFixed(0));
}

/** The cases that matter most, as bars in ratio to koa-compose. */
export function composeChart(results: Results): string {
  const groups = CHARTED.map((id): BarGroup => {
    const composeCase = composeCases.find((entry) => entry.id === id)!;
    const bars = candidatesOf(composeCase).map(({ name }) => ({
      label: name,
      value: timeRatio(results.get(id)!, name, CHART_BASE).median,
      ours: name === "@x/pipeline",
    }));
    return { title: composeCase.title, bars };
  });
  return barChart(`CPU time of a run, ${CHART_BASE} = 1 (shorter is better)`, groups);
}

function caseTable(
  baseHead: string,
  results: Results,
  cell: (result: CaseResult, name: string) => string,
): string {
  const head = ["", ...NAMES.map((name) => (name === BASE ? baseHead : name))];
  const rows = composeCases.map((composeCase) => {
    const result = results.get(composeCase.id)!;
    const cells = NAMES.map((name) => (hasPart(name, composeCase) ? cell(result, name) : ""));
    return [composeCase.title].concat(cells);
  });
  return markdownTable(head, rows, ["left", ...NAMES.map(() => "right" as const)]);
}

const hasPart = (name: string, composeCase: ComposeCase) =>
  candidatesOf(composeCase).some((candidate) => candidate.name === name);
