import { readdir } from "node:fs/promises";
import { join } from "node:path";

const JOB_FILE = /\.job\.m?[jt]s$/;
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(["node_modules", "__tests__"]);

/** The job files below a root, sorted. It enters no folder whose name begins with a dot, and no linked one. */
export async function scanJobs(root: string): Promise<string[]> {
  const files: string[] = [];
  const folders = [root];
  for (const folder of folders)
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.name.startsWith(".") || SKIPPED_FOLDERS.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (JOB_FILE.test(entry.name)) files.push(path);
    }
  return files.toSorted();
}
