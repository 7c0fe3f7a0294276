import { basename } from "node:path";
import { watch } from "chokidar";

/** Tells of changes until it is closed. */
export interface FolderWatcher {
  close(): Promise<void>;
}

/** Longer than the time within which the watcher takes two saves of one file for one. */
const QUIET_MS = 80;

/**
 * Calls `onChange` with the files that were added, changed or removed, once the folder has been quiet for a moment:
 * a branch that is checked out is one change. Calls follow each other, never two at once.
 *
 * Node's own recursive `watch` loses the second of two saves that replace a file, which is how editors save.
 */
export async function watchFolder(
  folder: string,
  onChange: (files: readonly string[]) => Promise<void>,
): Promise<FolderWatcher> {
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  const deliver = (): void => {
    // What changes meanwhile is told when this is done.
    if (running) return;
    const files = [...changed].toSorted();
    changed.clear();
    running = onChange(files).finally(() => {
      running = undefined;
      if (changed.size > 0) deliver();
    });
  };
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path) => path !== folder && isIgnored(path),
  });
  watcher.on("all", (event, path) => {
    if (event === "addDir" || event === "unlinkDir") return;
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(deliver, QUIET_MS);
  });
  await new Promise<void>((resolve) => {
    watcher.once("ready", resolve);
  });
  return {
    async close() {
      clearTimeout(timer);
      await watcher.close();
      await running;
    },
  };
}

/** What holds no source, and what editors leave beside it for a moment. */
function isIgnored(path: string): boolean {
  const name = basename(path);
  return name === "node_modules" || name.startsWith(".") || name.endsWith("~") || name.endsWith(".tmp");
}
