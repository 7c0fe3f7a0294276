import { bytes, nanoseconds, overhead, timeRatio } from "../harness/aggregate.ts";
import { barChart, type BarGroup } from "../harness/bar-chart.ts";
import type { BundleSize } from "../harness/bundle-size.ts";
import { describeEnvironment, installedVersion } from "../harness/environment.ts";
import { formatSpread, GOAL_HEAD, judgeGoal } from "../harness/judge-goal.ts";
import { markdownTable } from "../harness/markdown-table.ts";
import type { CaseResult } from "../harness/measure-cases.ts";
import type { Spread } from "../harness/spread.ts";
import { candidatesOf, clientCandidates } from "./candidates.ts";
import { type ClientCase, findCase, type ReadCase, readCases, storeCases } from "./client-case.ts";
import { clientGoals } from "./goals.ts";

type Results = ReadonlyMap<string, CaseResult>;

const OURS = "@x/client";
const FLOOR = "by hand";
const PEER = "TanStack Query";
const NAMES = clientCandidates.map(({ name }) => name);
const PACKAGES = [OURS, "@tanstack/query-core", "@urql/core", "ky", "ofetch", "axios"];
const CHARTED = ["cached-1", "uncached-5", "concurrent", "invalidate-100000", "fill-100000"];

/** The goals with their verdicts, as a table. */
export function goalsTable(results: Results, sizes: ReadonlyMap<string, BundleSize>): string {
  return markdownTable(GOAL_HEAD, clientGoals(results, sizes).map(judgeGoal));
}

/** What was measured, how, and with which versions. */
export function describeMethod(results: Results): string {
  const processes = Math.min(...[...results.values()].map((result) => result.length));
  const versions = PACKAGES.map((name) => `${name} ${installedVersion(name, import.meta.url)}`);
  return [
    `CPU time of one awaited read over a stub fetch that answers every candidate with a fresh \`Response.json\` of`,
    `the same content; all candidates interleaved in one process, medians over its rounds and then over ${processes}`,
    `${processes === 1 ? "process" : "processes"} (least–greatest). 100 keys take turns. An uncached read finds an entry that is already stale. Ours has`,
    `no plugin, a cache alone, or with it a request id, a timing, a transform of the data and a retry; for concurrent`,
    `reads a cache and a dedupe plugin. ${describeEnvironment()}, NODE_ENV=production; ${versions.join(", ")}.`,
  ].join(" ");
}

/** CPU time of every case of reads as a ratio to the work by hand. */
export function readTable(results: Results, format: (ratio: Spread) => string = formatSpread): string {
  return casesTable(`${FLOOR}, µs`, NAMES, readCases, results, (result, name) =>
    name === FLOOR ? inMicroseconds(nanoseconds(result, name)) : format(timeRatio(result, name, FLOOR)),
  );
}

/** What uncached reads cost beyond `fetch` and `json()`. */
export function overheadTable(results: Results): string {
  const names = NAMES.filter((name) => name !== FLOOR);
  const cases = readCases.filter(({ kind }) => kind === "uncached");
  return casesTable("", names, cases, results, (result, name) =>
    inMicroseconds(overhead(result, name, FLOOR)),
  );
}

/** Heap bytes per read. */
export function bytesTable(results: Results): string {
  const cases = readCases.filter(({ kind }) => kind !== "concurrent");
  return casesTable("", NAMES, cases, results, (result, name) => bytes(result, name).median.toFixed(0));
}

/** CPU time of the cases of whole caches. */
export function storeTable(results: Results): string {
  const rows = storeCases.map(({ id, title }) => {
    const result = results.get(id)!;
    const [ours, peer] = [OURS, PEER].map((name) => inMicroseconds(nanoseconds(result, name)));
    return [title, ours!, peer!, formatSpread(timeRatio(result, PEER, OURS), 1)];
  });
  const head = ["", `${OURS}, µs`, `${PEER}, µs`, `${OURS} is faster by`];
  return markdownTable(head, rows, ["left", "right", "right", "right"]);
}

/** The cases that matter most, as bars in ratio to TanStack Query. */
export function clientChart(results: Results): string {
  const groups = CHARTED.map((id): BarGroup => {
    const clientCase = findCase(id);
    const bars = candidatesOf(clientCase).map(({ name }) => ({
      label: name,
      value: timeRatio(results.get(id)!, name, PEER).median,
      ours: name === OURS,
    }));
    return { title: clientCase.title, bars };
  });
  return barChart(`CPU time, ${PEER} = 1 (shorter is better)`, groups);
}

/** A table of reads with a column for each name; `floorHead` is what the floor's column is called. */
function casesTable(
  floorHead: string,
  names: readonly string[],
  cases: readonly ReadCase[],
  results: Results,
  cell: (result: CaseResult, name: string) => string,
): string {
  const head = ["", ...names.map((name) => (floorHead && name === FLOOR ? floorHead : name))];
  const rows = cases.map((readCase) => {
    const result = results.get(readCase.id)!;
    return [readCase.title].concat(names.map((name) => (hasPart(name, readCase) ? cell(result, name) : "")));
  });
  return markdownTable(head, rows, ["left", ...names.map(() => "right" as const)]);
}

const hasPart = (name: string, clientCase: ClientCase) =>
  candidatesOf(clientCase).some((candidate) => candidate.name === name);

const inMicroseconds = ({ median }: Spread) => (median / 1000).toFixed(median < 10_000 ? 2 : 0);
