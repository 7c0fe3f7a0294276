import { readdir, realpath } from "node:fs/promises";
import { join, sep } from "node:path";

/** Tells an API file by its name. */
export function isApiFile(path: string): boolean {
  return /\.api\.m?[jt]s$/.test(path);
}

/** What a scan finds under a root. */
export interface ScannedFolder {
  /** API files. The key is where the file stands, the value what it is: the same but for symbolic links. */
  readonly apis: ReadonlyMap<string, string>;
  /** Folders with a configuration file of their own. */
  readonly configured: ReadonlySet<string>;
}

const CONFIG_FILE = /^faas\.ya?ml$/;
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(["node_modules", "__tests__"]);

/**
 * Finds the API and configuration files under a root, which is a real path. It enters no folder whose name begins with
 * a dot, no `node_modules`, no `__tests__` and no linked folder; a linked file counts when it stays below the root.
 */
export async function scanFolder(root: string): Promise<ScannedFolder> {
  const apis = new Map<string, string>();
  const configured = new Set<string>();
  const folders = [root];
  for (const folder of folders) {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith(".") || SKIPPED_FOLDERS.has(entry.name)) continue;
      if (entry.isDirectory()) folders.push(path);
      else if (CONFIG_FILE.test(entry.name)) configured.add(folder);
      else if (isApiFile(entry.name)) {
        const file = entry.isSymbolicLink() ? await resolveInside(root, path) : path;
        if (file !== undefined) apis.set(path, file);
      }
    }
  }
  return { apis, configured };
}

/** Where a link leads, unless that is nowhere or outside the root. */
async function resolveInside(root: string, link: string): Promise<string | undefined> {
  const file = await realpath(link).catch(() => "");
  return file.startsWith(root.endsWith(sep) ? root : root + sep) ? file : undefined;
}
