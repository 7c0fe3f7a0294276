import { readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { didYouMean } from "../config/closest-name.ts";

/** Where a module is, or what was tried in search of it. */
export type Location =
  | { readonly kind: "found"; readonly url: string }
  | { readonly kind: "missing"; readonly tried: readonly string[]; readonly hint: string }
  | { readonly kind: "broken"; readonly cause: unknown };

const SOURCE_ENDINGS = [".ts", ".mts", ".js", ".mjs"];
/** What a source file is called once it is built. */
const BUILT_ENDINGS: Readonly<Record<string, string>> = { ".ts": ".js", ".mts": ".mjs", ".cts": ".cjs" };

/**
 * Finds a plugin's file: as it is written, or built from what is written, or with an ending where none is written, or
 * as the index of a folder.
 */
export async function locateFile(path: string, folder: string): Promise<Location> {
  const tried: string[] = [];
  for (const candidate of candidatesFor(resolve(folder, path))) {
    tried.push(candidate);
    if (await isFile(candidate)) return { kind: "found", url: pathToFileURL(candidate).href };
  }
  return { kind: "missing", tried, hint: await closestFile(tried[0]!) };
}

/** Tells whether a regular file stands there, also behind a link. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function candidatesFor(path: string): readonly string[] {
  // A URL's escapes, where the file's own name has none.
  const decoded = safelyDecoded(path);
  return (decoded === path ? [path] : [path, decoded]).flatMap(withEndings);
}

function withEndings(path: string): readonly string[] {
  const ending = extname(path);
  const built = BUILT_ENDINGS[ending];
  if (built) return [path, path.slice(0, -ending.length) + built];
  if (SOURCE_ENDINGS.includes(ending)) return [path];
  return [path, ...SOURCE_ENDINGS.flatMap((it) => [`${path}${it}`, join(path, `index${it}`)])];
}

function safelyDecoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function closestFile(path: string): Promise<string> {
  const names = await readdir(dirname(path)).catch(() => []);
  return didYouMean(basename(path), names);
}
