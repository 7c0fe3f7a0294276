import type { BundleSize } from "./bundle-size.ts";
import { markdownTable } from "./markdown-table.ts";

/** Bytes as the tables show them. */
export const toKibibytes = (bytes: number) => bytes / 1024;

/** Bundle sizes in KiB, by what was bundled. */
export function sizeTable(sizes: ReadonlyMap<string, BundleSize>): string {
  const rows = [...sizes].map(([name, { minified, gzipped }]) => [
    name,
    toKibibytes(minified).toFixed(2),
    toKibibytes(gzipped).toFixed(2),
  ]);
  return markdownTable(["", "minified", "gzipped"], rows, ["left", "right", "right"]);
}
