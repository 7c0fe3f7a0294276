import { isAbsolute, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** Where something stands, as far as that is known. */
export interface Place {
  /** Absolute path. */
  readonly file?: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
  /** From 1. */
  readonly column?: number | undefined;
}

/** The path as one would type it: from the working directory where it lies below that. */
export function toShownPath(path: string): string {
  const shown = relative(process.cwd(), path);
  if (shown === "") return ".";
  return shown === ".." || shown.startsWith(`..${sep}`) || isAbsolute(shown) ? path : shown;
}

/** `src/faas.yaml:3:5`, which editors and terminals open at that place. */
export function toShownPlace({ file, line, column }: Place): string {
  if (file === undefined) return "in code";
  return [toShownPath(file), line, column].filter((part) => part !== undefined).join(":");
}

/** A text in which paths below the working directory are as one would type them. */
export function withShownPaths(text: string): string {
  const folder = process.cwd() + sep;
  return text.replaceAll(pathToFileURL(folder).href, "").replaceAll(folder, "");
}
