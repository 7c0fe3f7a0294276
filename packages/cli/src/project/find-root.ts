import { readdirSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { CliError } from "../errors.ts";
import { toShownPath } from "../output/place.ts";

const API_FILE = /\.api\.m?[jt]s$/;
const SKIPPED_FOLDERS = new Set(["node_modules", "__tests__"]);

/**
 * The folder of the API files, as an absolute path without links, as modules are known by: the given one, else `src`
 * where that holds an API or nothing does yet, else the working directory.
 *
 * @throws CliError `ROOT_NOT_FOUND` when the given one is no folder.
 */
export function findRoot(given: string | undefined): string {
  if (given === undefined) {
    const source = resolve("src");
    const isSource = hasApi(source) || (isFolder(source) && !hasApi(process.cwd()));
    return realpathSync(isSource ? source : process.cwd());
  }
  const root = resolve(given);
  if (isFolder(root)) return realpathSync(root);
  throw new CliError(
    "ROOT_NOT_FOUND",
    `there is no folder ${toShownPath(root)}: give --root the folder of the API files`,
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function hasApi(folder: string): boolean {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    if (entries.some((entry) => !entry.isDirectory() && API_FILE.test(entry.name))) return true;
    return entries.some(
      (entry) =>
        entry.isDirectory() &&
        !entry.name.startsWith(".") &&
        !SKIPPED_FOLDERS.has(entry.name) &&
        hasApi(join(folder, entry.name)),
    );
  } catch {
    // What cannot be read holds nothing for us.
    return false;
  }
}
