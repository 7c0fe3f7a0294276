// oxlint-disable no-await-in-loop -- what is measured runs alone.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { ProcessResult } from "./measure-interleaved.ts";
import type { Settings } from "./settings.ts";
import { showProgress } from "./show-progress.ts";

const WORKER = fileURLToPath(import.meta.resolve("./worker.ts"));

/** A case as the harness knows it. What its candidates are, the module that makes them knows. */
export interface MeasuredCase {
  readonly id: string;
  /** How much longer than usual it takes until all its code is compiled. Default: 1. */
  readonly warmUp?: number;
  /** The share of the rounds that it gets, where a single run takes long. At least 3 rounds. Default: 1. */
  readonly rounds?: number;
}

/** What every process found out about one case. */
export type CaseResult = readonly ProcessResult[];

/**
 * Measures each case in processes of its own, one process at a time. Cases take turns, so that a minute of noise
 * does not hit all processes of one case.
 *
 * @param moduleUrl - A module that exports what `CandidateModule` says.
 */
export async function measureCases(
  moduleUrl: string,
  cases: readonly MeasuredCase[],
  settings: Settings,
): Promise<Map<string, CaseResult>> {
  const results = new Map(cases.map(({ id }) => [id, [] as ProcessResult[]]));
  const start = performance.now();
  for (let turn = 1; turn <= settings.processes; turn++) {
    for (const measured of cases) {
      showProgress(`process ${turn} of ${settings.processes}: ${measured.id}`);
      results.get(measured.id)!.push(await measureInProcess(moduleUrl, measured, settings));
    }
    const elapsed = performance.now() - start;
    if (elapsed + elapsed / turn > settings.budgetMs) break;
  }
  showProgress("");
  return results;
}

async function measureInProcess(
  moduleUrl: string,
  { id, warmUp = 1, rounds = 1 }: MeasuredCase,
  settings: Settings,
): Promise<ProcessResult> {
  const adapted: Settings = {
    ...settings,
    warmUpMs: settings.warmUpMs * warmUp,
    rounds: Math.max(3, Math.round(settings.rounds * rounds)),
  };
  const args = ["--expose-gc", WORKER, moduleUrl, id, JSON.stringify(adapted)];
  // As deployed: several peers check more, or tell developer tools more, in any other mode.
  const env = { ...process.env, NODE_ENV: "production" };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return JSON.parse(stdout) as ProcessResult;
}
