import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SCOPE } from "./scope.ts";

/** The root of the monorepo of the official packages that a folder is in, or `undefined` where it is in none. */
export function findMonorepo(folder: string): string | undefined {
  if (existsSync(join(folder, "tooling/tsup.ts")) && isCore(join(folder, "packages/client/package.json")))
    return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : findMonorepo(parent);
}

function isCore(manifest: string): boolean {
  try {
    // Whatever stands in it, its name is compared with ours.
    return (JSON.parse(readFileSync(manifest, "utf8")) as { name?: unknown }).name === `${SCOPE}/client`;
  } catch {
    // There is none, or none that npm could read either.
    return false;
  }
}
