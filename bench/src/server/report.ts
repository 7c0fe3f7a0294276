import { nanoseconds, timeRatio } from "../harness/aggregate.ts";
import { barChart, type BarGroup } from "../harness/bar-chart.ts";
import { describeEnvironment, installedVersion } from "../harness/environment.ts";
import { formatSpread, GOAL_HEAD, judgeGoal } from "../harness/judge-goal.ts";
import { markdownTable } from "../harness/markdown-table.ts";
import { median, type Spread } from "../harness/spread.ts";
import { serverGoals } from "./goals.ts";
import { BATCH_REQUESTS, CONNECTIONS, type LoadResult } from "./measure-load.ts";
import type { MemoryResult } from "./measure-memory.ts";
import { type Start, startBeyond, type StartResult } from "./measure-starts.ts";
import { serverCases } from "./server-case.ts";
import { FLOOR, fullCandidates, OURS, serverCandidates } from "./server-candidates.ts";

type Loads = ReadonlyMap<string, LoadResult>;

const NAMES = fullCandidates.map(({ name }) => name);
const PACKAGES = [OURS, "fastify", "hono", "@hono/node-server", "koa", "express", "h3", "zod"];

/** The goals with their verdicts, as a table. */
export function goalsTable(loads: Loads, starts: StartResult): string {
  return markdownTable(GOAL_HEAD, serverGoals(loads, starts).map(judgeGoal));
}

/** What was measured, how, and with which versions. */
export function describeMethod(loads: Loads): string {
  const turns = Math.min(...[...loads.values()].map(({ cpu }) => cpu.length));
  const versions = PACKAGES.map((name) => `${name} ${installedVersion(name, import.meta.url)}`);
  return [
    `Every server in a process of its own on 127.0.0.1, under ${CONNECTIONS} kept-alive connections from one client; a round sends`,
    `${BATCH_REQUESTS.toLocaleString("en")} requests to each server in turn; medians over the rounds and then over ${turns} ${turns === 1 ? "set" : "sets"} of fresh processes`,
    `(least–greatest). The same work for all: three asynchronous plugins (a timing, a look-up of the caller, a response header)`,
    `around each route, JSON parsed up to 1 MiB, one zod schema for each POST, the same body in return. CPU time is that of`,
    `the server's process, with collections and compilations. ${describeEnvironment()}, NODE_ENV=production; ${versions.join(", ")}.`,
  ].join(" ");
}

/** CPU time of every case as a ratio to the floor. */
export function cpuTable(loads: Loads, format: (ratio: Spread) => string = formatSpread): string {
  return caseTable(loads, `${FLOOR}, µs`, ({ cpu }, name) =>
    name === FLOOR ? inMicroseconds(nanoseconds(cpu, name)) : format(timeRatio(cpu, name, FLOOR)),
  );
}

/** Requests per second of every case as a ratio to the floor. */
export function throughputTable(loads: Loads): string {
  return caseTable(loads, `${FLOOR}, 1/s`, ({ elapsed }, name) =>
    name === FLOOR
      ? (1e9 / nanoseconds(elapsed, name).median).toFixed(0)
      : (1 / timeRatio(elapsed, name, FLOOR).median).toFixed(2),
  );
}

/** The median and the 99th percentile of the latency. */
export function latencyTable(loads: Loads): string {
  return caseTable(
    loads,
    FLOOR,
    ({ p50, p99 }, name) =>
      `${inMicroseconds(nanoseconds(p50, name))} / ${inMicroseconds(nanoseconds(p99, name))}`,
  );
}

/** What a start costs. */
export function startTable(starts: StartResult): string {
  const rows = serverCandidates.map(({ name }) => {
    const elapsed = median(starts.get(name)!.map(({ elapsedMs }) => elapsedMs));
    const beyond = (figure: keyof Start) =>
      name === FLOOR ? "" : startBeyond(starts, name, FLOOR, figure).toFixed(1);
    return [name, elapsed.toFixed(1), beyond("elapsedMs"), beyond("cpuMs")];
  });
  const head = ["", "ms", `ms beyond ${FLOOR}`, "CPU ms beyond it"];
  return markdownTable(head, rows, ["left", "right", "right", "right"]);
}

/** Memory after ever more requests. */
export function memoryTable(memory: MemoryResult): string {
  const rows = [...memory].flatMap(([name, samples]) =>
    samples.map(({ requests, rss, heapUsed }) => [
      `${name}, ${requests.toLocaleString("en")} requests`,
      inMebibytes(rss),
      inMebibytes(heapUsed),
    ]),
  );
  return markdownTable(["", "RSS, MiB", "heap in use, MiB"], rows, ["left", "right", "right"]);
}

/** CPU time as bars in ratio to the floor. */
export function serverChart(loads: Loads): string {
  const groups = serverCases.map(({ id, title }): BarGroup => {
    const { cpu } = loads.get(id)!;
    const bars = NAMES.map((name) => ({
      label: name,
      value: timeRatio(cpu, name, FLOOR).median,
      ours: name === OURS,
    }));
    return { title, bars };
  });
  return barChart(`CPU time of a request, ${FLOOR} = 1 (shorter is better)`, groups);
}

function caseTable(
  loads: Loads,
  floorHead: string,
  cell: (result: LoadResult, name: string) => string,
): string {
  const head = ["", ...NAMES.map((name) => (name === FLOOR ? floorHead : name))];
  const rows = serverCases.map(({ id, title }) =>
    [title].concat(NAMES.map((name) => cell(loads.get(id)!, name))),
  );
  return markdownTable(head, rows, ["left", ...NAMES.map(() => "right" as const)]);
}

const inMicroseconds = ({ median: time }: Spread) => (time / 1_000).toFixed(time < 100_000 ? 1 : 0);

const inMebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
