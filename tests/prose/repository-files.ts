import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ignore from "ignore";
import { ROOT } from "../../tooling/workspace.ts";

/**
 * Every file under `root` that `.gitignore` lets into the repository, relative to it, with `/` between folders.
 *
 * The disk is read instead of git's index: a new file is checked before it is added, and a source archive, or a
 * machine without git, is checked like a clone.
 */
export function listFiles(root: string = ROOT): string[] {
  const ignored = ignore()
    .add(".git")
    .add(readFileSync(join(root, ".gitignore"), "utf8"));
  return listFolder("");

  function listFolder(folder: string): string[] {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = folder + entry.name;
      if (entry.isDirectory()) return ignored.ignores(`${path}/`) ? [] : listFolder(`${path}/`);
      return entry.isFile() && !ignored.ignores(path) ? [path] : [];
    });
  }
}

/** The text of a file that `listFiles` gave, or `undefined` when it is binary or no longer there. */
export function readText(path: string, root: string = ROOT): string | undefined {
  const absolute = join(root, path);
  // A build that runs at the same time puts temporary files beside its configuration.
  if (!existsSync(absolute)) return undefined;
  const text = readFileSync(absolute, "utf8");
  // Git's own test: text holds no NUL.
  return text.includes("\0") ? undefined : text;
}
