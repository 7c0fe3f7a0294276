import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Jobs } from "@x/jobs";
import type { JobsOptions } from "../command-context.ts";
import { CliError } from "../errors.ts";
import { toShownPath } from "../output/place.ts";
import { findRoot } from "./find-root.ts";

const NAMES = ["jobs.ts", "jobs.mts", "jobs.js", "jobs.mjs"];

/**
 * The project's jobs, as its own file makes them: it alone knows the database.
 *
 * @throws CliError `NO_JOBS` when there is no such file, or it exports none; whatever the file itself throws.
 */
export async function openJobs({ root: given, file }: JobsOptions): Promise<Jobs> {
  const path = file === undefined ? findFile(findRoot(given)) : resolve(file);
  if (!existsSync(path))
    throw new CliError("NO_JOBS", `there is no ${toShownPath(path)}: give --file the file of the jobs`);
  const module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
  if (isJobs(module.default)) return module.default;
  throw new CliError(
    "NO_JOBS",
    `${toShownPath(path)} exports no jobs: export default createJobs({ db, root })`,
  );
}

function findFile(root: string): string {
  const found = NAMES.map((name) => join(root, name)).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new CliError(
    "NO_JOBS",
    `there is no jobs.ts in ${toShownPath(root)} that exports createJobs({ db, root }): write it, or name another --file`,
  );
}

/** Whatever copy of the package has made them. */
function isJobs(value: unknown): value is Jobs {
  if (typeof value !== "object" || value === null) return false;
  const { work, list, show } = value as Partial<Record<keyof Jobs, unknown>>;
  return [work, list, show].every((method) => typeof method === "function");
}
