// `npm test`: every check of the repository through turbo, and one closing line counted from the reports.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { countChecks, readLatestSummary } from "./count-checks.ts";
import { listPackages, ROOT } from "./workspace.ts";

const TASKS = [
  "build",
  "typecheck",
  "typecheck:tooling",
  "lint",
  "format:check",
  "check:imports",
  "check:exports",
  "check:packages",
  "check:size",
  "check:tarball",
  "test",
  "release:rehearse",
];

// A report of an earlier run must not be counted for a task that now ends before it writes one.
for (const { directory } of listPackages())
  rmSync(join(directory, ".reports"), { recursive: true, force: true });
rmSync(join(ROOT, ".turbo", "runs"), { recursive: true, force: true });

const turbo = spawnSync(
  "pnpm",
  [
    "exec",
    "turbo",
    "run",
    ...TASKS,
    "--continue",
    // Tests use all cores by themselves: more tasks at once would only get in each other's way.
    "--concurrency=4",
    "--summarize",
    "--output-logs=new-only",
    "--log-order=grouped",
  ],
  { cwd: ROOT, stdio: "inherit" },
);

const { passed, failed, failures } = countChecks(readLatestSummary(ROOT), ROOT);
for (const failure of failures) console.log(`failed: ${failure}`);
// turbo may also fail before any task ran, such as over a faulty turbo.json.
const broken = turbo.status !== 0 && failed === 0 ? 1 : 0;
console.log(`${passed} passed, ${failed + broken} failed`);
process.exitCode = failed + broken > 0 ? 1 : 0;
