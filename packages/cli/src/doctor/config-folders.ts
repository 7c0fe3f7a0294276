import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const SKIPPED_FOLDERS = new Set(["node_modules", "__tests__"]);

/** A path in each folder that has a configuration file, and one in the root, as a function there would have it. */
export function listConfigFolders(root: string, configFile: string): string[] {
  const folders = [root];
  for (const folder of folders)
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory() && !entry.name.startsWith(".") && !SKIPPED_FOLDERS.has(entry.name))
        folders.push(join(folder, entry.name));
  return folders
    .filter((folder) => folder === root || existsSync(join(folder, configFile)))
    .map((folder) => join(folder, "any.api.ts"));
}
