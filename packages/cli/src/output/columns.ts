import { stripVTControlCharacters } from "node:util";

/** How columns are laid out. */
export interface ColumnOptions {
  readonly indent?: string;
  /** Where a line would be longer, its last cell goes to a line of its own. Default: it may be as long as it is. */
  readonly width?: number;
}

/** Lines of cells, each column as wide as its widest cell, two spaces between them. Styles take no room. */
export function toColumns(
  rows: readonly (readonly string[])[],
  { indent = "", width = Infinity }: ColumnOptions = {},
): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  const toLine = (cells: readonly string[]) =>
    (
      indent + cells.map((cell, index) => cell + " ".repeat(widths[index]! - widthOf(cell))).join("  ")
    ).trimEnd();
  return rows.flatMap((row) => {
    const line = toLine(row);
    if (widthOf(line) <= width || row.length < 2) return [line];
    return [toLine(row.slice(0, -1)), `${indent}    ${row.at(-1)}`];
  });
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
