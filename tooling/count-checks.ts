import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What turbo writes about one task of a run, as far as it is read here. */
export interface TaskSummary {
  readonly taskId: string;
  readonly directory: string;
  readonly execution?: { readonly exitCode?: number | null } | null;
  readonly cache?: { readonly status?: string };
}

/** The outcome of a whole run. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** What failed, a line each. */
  readonly failures: readonly string[];
}

/** The vitest report of a task, as far as it is read here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** The tasks of the only run under `.turbo/runs`. None when turbo ended before it wrote a summary. */
export function readLatestSummary(root: string): readonly TaskSummary[] {
  const folder = join(root, ".turbo", "runs");
  try {
    const [file] = readdirSync(folder);
    return (JSON.parse(readFileSync(join(folder, file!), "utf8")) as { tasks: TaskSummary[] }).tasks;
  } catch {
    return [];
  }
}

/**
 * Adds up a run: a task that runs vitest counts as the tests in its report, any other task as one check. A task
 * that failed without a failed test in its report, such as over an unhandled rejection, counts as one failure.
 */
export function countChecks(tasks: readonly TaskSummary[], root: string): Count {
  const counts = tasks.map((task) => countTask(task, root));
  return {
    passed: sum(counts.map(({ passed }) => passed)),
    failed: sum(counts.map(({ failed }) => failed)),
    failures: counts.flatMap(({ failures }) => failures),
  };
}

function countTask(task: TaskSummary, root: string): Count {
  const succeeded = task.cache?.status === "HIT" || task.execution?.exitCode === 0;
  const reports = readReports(task, root);
  const passed = reports.length > 0 ? sum(reports.map((report) => report.numPassedTests)) : Number(succeeded);
  const failures = reports.flatMap(failedTests).map((test) => `${task.taskId} › ${test}`);
  return succeeded || failures.length > 0
    ? { passed, failed: failures.length, failures }
    : { passed, failed: 1, failures: [task.taskId] };
}

/** `test` reports to `.reports/test*.json`, another task to a file of its own name up to the colon. */
function readReports({ taskId, directory }: TaskSummary, root: string): VitestReport[] {
  const task = taskId.split("#")[1]!.split(":")[0]!;
  return globSync(join(root, directory, ".reports", `${task}*.json`)).map(
    (file) => JSON.parse(readFileSync(file, "utf8")) as VitestReport,
  );
}

function failedTests({ testResults }: VitestReport): string[] {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "failed")
    .map(({ fullName }) => fullName);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
