import { timeRatio } from "../harness/aggregate.ts";
import type { Goal } from "../harness/judge-goal.ts";
import { spread } from "../harness/spread.ts";
import type { LoadResult } from "./measure-load.ts";
import { type StartResult, startBeyond } from "./measure-starts.ts";
import { FLOOR, OURS, OURS_FROM_FILES, PEER } from "./server-candidates.ts";

/** What the server aims at, beside what was measured. */
export function serverGoals(loads: ReadonlyMap<string, LoadResult>, starts: StartResult): Goal[] {
  const { cpu } = loads.get("post")!;
  const start = (name: string) => spread([startBeyond(starts, name, FLOOR, "elapsedMs")]);
  return [
    { what: "CPU time of a POST", limit: 1.15, unit: `× ${FLOOR}`, measured: timeRatio(cpu, OURS, FLOOR) },
    { what: "CPU time of a POST", limit: 1, unit: `× ${PEER}`, measured: timeRatio(cpu, OURS, PEER) },
    { what: "cold start, routes in code", limit: 15, unit: `ms beyond ${FLOOR}`, measured: start(OURS) },
    {
      what: "cold start, routes from files",
      limit: 15,
      unit: `ms beyond ${FLOOR}`,
      measured: start(OURS_FROM_FILES),
    },
  ];
}
