/** One line of what a scenario has come to. */
export interface Figure {
  readonly scenario: string;
  readonly enqueued: number;
  readonly completed: number;
  /** Rows of the ledger by job: the least and the most that one has. */
  readonly effects: readonly [least: number, most: number];
  /** From the fault to the last completion. */
  readonly recoverySeconds?: number | undefined;
}

/** The figures as a table, for whoever reads the test's output. */
export function toTable(figures: readonly Figure[]): string {
  const rows = [
    ["scenario", "enqueued", "completed", "effects a job", "recovery"],
    ...figures.map(({ scenario, enqueued, completed, effects: [least, most], recoverySeconds }) => [
      scenario,
      String(enqueued),
      String(completed),
      least === most ? String(least) : `${least} to ${most}`,
      recoverySeconds === undefined ? "" : `${recoverySeconds.toFixed(1)} s`,
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
