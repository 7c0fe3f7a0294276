/** How a column of a table is set. */
export type Alignment = "left" | "right";

/** A Markdown table, padded as prettier pads it, so that a generated README passes the format check. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Alignment[] = [],
): string {
  const cells = [head, ...rows].map((row) => head.map((_, column) => escape(row[column] ?? "")));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]!.length)));
  const pad = (text: string, column: number) =>
    align[column] === "right" ? text.padStart(widths[column]!) : text.padEnd(widths[column]!);
  const rule = widths.map((width, column) =>
    align[column] === "right" ? `${"-".repeat(width - 1)}:` : "-".repeat(width),
  );
  const [first, ...rest] = cells.map((row) => line(row.map(pad)));
  return [first, line(rule), ...rest].join("\n");
}

const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

const escape = (text: string) => text.replaceAll("|", "\\|");
