import { timeRatio } from "../harness/aggregate.ts";
import type { BundleSize } from "../harness/bundle-size.ts";
import type { Goal } from "../harness/judge-goal.ts";
import type { CaseResult } from "../harness/measure-cases.ts";
import { toKibibytes } from "../harness/size-table.ts";
import { spread } from "../harness/spread.ts";
import { composeCases } from "./compose-case.ts";

const LIMITS: readonly (readonly [caseTitle: string, limit: number, base: string])[] = [
  ["10 async steps", 1.05, "koa-compose"],
  ["10 async steps", 1.1, "hand-nested"],
  ["10 plain steps", 0.55, "koa-compose"],
  ["10 plain steps, 20 chains in turn", 0.8, "koa-compose"],
  ["early return at the first of 10, async step", 1.1, "hand-nested"],
  ["early return at the first of 10, plain step", 1.1, "hand-nested"],
];

/** What the engine aims at, beside what was measured. */
export function composeGoals(
  results: ReadonlyMap<string, CaseResult>,
  sizes: ReadonlyMap<string, BundleSize>,
): Goal[] {
  const ratios = LIMITS.map(([title, limit, base]): Goal => {
    const { id } = composeCases.find((composeCase) => composeCase.title === title)!;
    const measured = timeRatio(results.get(id)!, "@x/pipeline", base);
    return { what: title, limit, unit: `× ${base}`, measured };
  });
  const size = toKibibytes(sizes.get("@x/pipeline")!.gzipped);
  const sizeGoal = { what: "compose alone, minified and gzipped", limit: 0.6, unit: "KiB" };
  return [...ratios, { ...sizeGoal, measured: spread([size]) }];
}
