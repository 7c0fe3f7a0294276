import { existsSync, readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";

const SOURCE = /\.[cm]?[jt]sx?$/;
const SKIPPED_FOLDERS = new Set(["node_modules", "dist", "build", "coverage"]);

/** The folder of the project that a root belongs to: the next one up with a package.json, else the root. */
export function findProjectFolder(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (dirname(folder) === folder) return root;
  }
}

/** Every source file below a folder, but for packages, what was built, and what a dot hides. */
export function listSourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.name.startsWith(".")) return [];
      if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : listSourceFiles(path);
      return entry.isFile() && SOURCE.test(entry.name) ? [path] : [];
    });
}

/** Tells a test, or what only tests use, by its name or its folder. */
export function isTestFile(path: string): boolean {
  return /\.(?:test|spec)(?:-d)?\.[cm]?[jt]sx?$/.test(path) || path.split(sep).includes("__tests__");
}
