import { fieldsOf, isText, type Rule } from "./package-rule.ts";
import type { Manifest } from "./workspace.ts";

/** How a published package is entered: ESM alone, declarations first. */
export const EXPORTS_RULES: readonly Rule[] = [
  {
    id: "exports-manifest",
    reason: '"exports" has no "./package.json"',
    holds: ({ exports }) => fieldsOf(exports)["./package.json"] === "./package.json",
  },
  {
    id: "exports-types",
    reason: '"types" is not the first condition of every entry in "exports", so TypeScript may take another',
    holds: (manifest) => entriesOf(manifest).every((entry) => Object.keys(entry)[0] === "types"),
  },
  {
    id: "exports-default",
    reason:
      '"default" is not the last condition of every entry in "exports", and what follows it is never used',
    holds: (manifest) => entriesOf(manifest).every((entry) => Object.keys(entry).at(-1) === "default"),
  },
  {
    id: "exports-dist",
    reason: 'an entry in "exports" points out of ./dist',
    holds: (manifest) => entriesOf(manifest).flatMap(Object.values).every(isInDist),
  },
  {
    id: "exports-esm",
    reason: '"exports" has an "import", "require" or "module" condition, but there is only ESM to choose',
    holds: (manifest) => !entriesOf(manifest).some((entry) => hasAny(entry, ["import", "require", "module"])),
  },
  {
    id: "bin-dist",
    reason:
      "\"bin\" names a program out of ./dist, or is a bare path that takes the package's name for the program's",
    holds: ({ bin }) =>
      bin === undefined || (typeof bin === "object" && Object.values(fieldsOf(bin)).every(isInDist)),
  },
  {
    id: "entry",
    reason: 'there is neither an entry in "exports" nor a program in "bin"',
    holds: (manifest) => entriesOf(manifest).length > 0 || Object.keys(fieldsOf(manifest["bin"])).length > 0,
  },
  {
    id: "no-main",
    reason: '"main", "module" or "types" stands beside "exports", which alone is read',
    holds: (manifest) => !hasAny(manifest, ["main", "module", "types"]),
  },
];

/** The conditions of every entry but the manifest's. A bare path has none, and so fails what conditions must be. */
function entriesOf({ exports }: Manifest): Readonly<Record<string, unknown>>[] {
  return Object.entries(fieldsOf(exports))
    .filter(([path]) => path !== "./package.json")
    .map(([, conditions]) => fieldsOf(conditions));
}

function isInDist(path: unknown): boolean {
  return isText(path) && path.startsWith("./dist/");
}

function hasAny(fields: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  return names.some((name) => name in fields);
}
