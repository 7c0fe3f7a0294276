import { bytes, nanoseconds, overhead, timeRatio } from "../harness/aggregate.ts";
import type { BundleSize } from "../harness/bundle-size.ts";
import { describeEnvironment, installedVersion } from "../harness/environment.ts";
import { formatSpread, GOAL_HEAD, judgeGoal } from "../harness/judge-goal.ts";
import { markdownTable } from "../harness/markdown-table.ts";
import type { CaseResult } from "../harness/measure-cases.ts";
import { toKibibytes } from "../harness/size-table.ts";
import type { Spread } from "../harness/spread.ts";
import { costId, WITH, WITHOUT } from "./cost-case.ts";
import { stackGoals } from "./goals.ts";
import type { PluginCost } from "./plugin-cost.ts";
import { pluginCosts } from "./plugin-costs.ts";
import { stackCandidates, stackCases } from "./stack.ts";

type Results = ReadonlyMap<string, CaseResult>;
type Sizes = ReadonlyMap<string, BundleSize>;

const FLOOR = "by hand";
const PACKAGES = ["@x/client", "@tanstack/query-core", "@urql/core", "ky", "ofetch", "axios"];

/** What was measured, how, and with which versions. */
export function describeMethod(results: Results): string {
  const processes = Math.min(...[...results.values()].map((result) => result.length));
  const versions = PACKAGES.map((name) => `${name} ${installedVersion(name, import.meta.url)}`);
  return [
    "CPU time: what is compared is interleaved in one process, medians over its rounds and then over",
    `${processes} ${processes === 1 ? "process" : "processes"} (least–greatest); 100 keys take turns.`,
    `${describeEnvironment()}, NODE_ENV=production; ${versions.join(", ")}.`,
  ].join(" ");
}

/** What each plugin costs beyond the same client without it, and weighs. */
export function costTable(results: Results, sizes: Sizes): string {
  const head = ["plugin", "KiB", "at work, ns", "bytes", "nothing to do, ns", "bytes"];
  const rows = pluginCosts.map((cost) => [
    `[${cost.name}](../client-plugins/${cost.name}/README.md)`,
    toKibibytes(sizes.get(cost.name)!.gzipped).toFixed(2),
    ...costOf(results, cost, "work"),
    ...costOf(results, cost, "idle"),
  ]);
  return markdownTable(head, rows, ["left", ...head.slice(1).map(() => "right" as const)]);
}

/** What one run of each path is. */
export function describePaths(): string {
  return pluginCosts
    .map(({ name, work, idle }) => `- ${name}, at work: ${work.what}; nothing to do: ${idle.what}.`)
    .join("\n");
}

/** The stack's goals with their verdicts. */
export function goalsTable(results: Results, sizes: Sizes): string {
  return markdownTable(GOAL_HEAD, stackGoals(results, sizes).map(judgeGoal));
}

/** CPU time of reads by the stack and its peers, as a ratio to the work by hand. */
export function stackTable(results: Results, format: (ratio: Spread) => string = formatSpread): string {
  const head = ["", ...stackCandidates.map(({ name }) => (name === FLOOR ? `${FLOOR}, µs` : name))];
  const rows = stackCases.map((readCase) => {
    const result = results.get(readCase.id)!;
    const cells = stackCandidates.map(({ name, leavesOut }) => {
      if (leavesOut(readCase) !== undefined) return "";
      if (name !== FLOOR) return format(timeRatio(result, name, FLOOR));
      const { median } = nanoseconds(result, name);
      return (median / 1000).toFixed(median < 10_000 ? 2 : 0);
    });
    return [readCase.title].concat(cells);
  });
  return markdownTable(head, rows, ["left", ...stackCandidates.map(() => "right" as const)]);
}

/** Nanoseconds and bytes of a run with the plugin beyond one without it. */
function costOf(results: Results, cost: PluginCost, path: "work" | "idle"): [string, string] {
  const result = results.get(costId(cost, path))!;
  const more = bytes(result, WITH).median - bytes(result, WITHOUT).median;
  return [formatNanoseconds(overhead(result, WITH, WITHOUT)), round(more, 10)];
}

/** "to" and not a dash: what saves a fetch costs less than nothing. */
function formatNanoseconds({ median, min, max }: Spread): string {
  return min === max ? round(median) : `${round(median)} (${round(min)} to ${round(max)})`;
}

/** With a minus sign, and never as minus nothing. */
function round(value: number, step = 1): string {
  const rounded = Math.round(value / step) * step;
  return rounded < 0 ? `−${-rounded}` : String(Math.abs(rounded));
}
