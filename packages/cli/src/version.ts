import { readFileSync } from "node:fs";

/** This package's own version. */
export function readVersion(): string {
  // From `src/` and from `dist/` alike.
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  // No package is published without a version.
  return (JSON.parse(manifest) as { version: string }).version;
}
