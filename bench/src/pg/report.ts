import { nanoseconds, overhead, timeRatio } from "../harness/aggregate.ts";
import { describeEnvironment, installedVersion } from "../harness/environment.ts";
import { formatSpread } from "../harness/judge-goal.ts";
import { markdownTable } from "../harness/markdown-table.ts";
import type { CaseResult } from "../harness/measure-cases.ts";
import type { Spread } from "../harness/spread.ts";
import { BARE, OURS } from "./candidates.ts";
import { pgCases } from "./pg-case.ts";

type Results = ReadonlyMap<string, CaseResult>;

/** What was measured, how, and with which versions. */
export function describeMethod(results: Results): string {
  const processes = Math.min(...[...results.values()].map((result) => result.length));
  const versions = ["@x/server-pg", "@x/server", "kysely", "pg"].map(
    (name) => `${name} ${installedVersion(name, import.meta.url)}`,
  );
  return [
    "CPU time of a function's invoke in its own process, without that of the server: with the plugin and `getClient()`,",
    "and the same query by kysely and pg in a function without the plugin, interleaved in one process, medians over its",
    `rounds and then over ${processes} processes (least–greatest). The server is on 127.0.0.1.`,
    `${describeEnvironment()}; ${versions.join(", ")}.`,
  ].join(" ");
}

/** What the plugin costs, a line for each kind of request. */
export function costTable(results: Results, format: (ratio: Spread) => string = formatSpread): string {
  const rows = pgCases.map(({ id, title, queries }) => {
    const result = results.get(id)!;
    return [
      title,
      toMicroseconds(nanoseconds(result, BARE)),
      toMicroseconds(nanoseconds(result, OURS)),
      toMicroseconds(overhead(result, OURS, BARE)),
      // Beside nothing at all, a ratio says nothing.
      queries ? format(timeRatio(result, OURS, BARE)) : "",
    ];
  });
  return markdownTable(["", "kysely, µs", "with the plugin, µs", "more, µs", "ratio"], rows, [
    "left",
    "right",
    "right",
    "right",
    "right",
  ]);
}

function toMicroseconds({ median }: Spread): string {
  return (median / 1000).toFixed(median < 10_000 ? 2 : 1);
}
