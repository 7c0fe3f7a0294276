import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folders from the root down to a file's own, or `undefined` where the file lies outside the root.
 * Without a file it is the root alone.
 */
export async function toFolderChain(root: string, file: string | undefined): Promise<string[] | undefined> {
  if (file === undefined) return [root];
  const path = file.startsWith("file:") ? fileURLToPath(file) : resolve(root, file);
  const inner = pathInside(root, dirname(path)) ?? (await realPathInside(root, dirname(path)));
  if (inner === undefined) return undefined;
  const folders = [root];
  for (const name of inner.split(sep)) if (name !== "") folders.push(join(folders.at(-1)!, name));
  return folders;
}

/** One of the two paths may lead through a link, as an imported module's does not. */
async function realPathInside(root: string, folder: string): Promise<string | undefined> {
  try {
    return pathInside(await realpath(root), await realpath(folder));
  } catch {
    return undefined;
  }
}

function pathInside(root: string, folder: string): string | undefined {
  const path = relative(root, folder);
  return path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path) ? undefined : path;
}
