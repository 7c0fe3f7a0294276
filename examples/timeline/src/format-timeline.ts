import type { StepEndEvent, StepOutcome } from "@x/pipeline";

const WIDTH = 32;

const MEANING: Record<StepOutcome, string> = {
  returned: "called next, then returned",
  early: "answered here, without next",
  threw: "threw",
};

/** Draws the steps of one run, outermost first, each as a bar on the run's own time axis. */
export function formatTimeline(events: readonly StepEndEvent<unknown>[]): string {
  const steps = events.toSorted((a, b) => a.position - b.position);
  const start = Math.min(...steps.map(({ startedAt }) => startedAt));
  const end = Math.max(...steps.map(({ endedAt }) => endedAt));
  const nameWidth = Math.max(...steps.map(({ name }) => name.length));
  const column = (time: number) => Math.round(((time - start) / (end - start || 1)) * WIDTH);

  return steps
    .map(({ name, startedAt, endedAt, outcome, error }) => {
      const from = Math.min(column(startedAt), WIDTH - 1);
      const bar = "█".repeat(Math.max(1, column(endedAt) - from));
      const took = `${(endedAt - startedAt).toFixed(1)} ms`.padStart(9);
      const thrown = outcome === "threw" ? ` ${String(error)}` : "";
      return `  ${name.padEnd(nameWidth)} │${(" ".repeat(from) + bar).padEnd(WIDTH)}│ ${took}  ${MEANING[outcome]}${thrown}`;
    })
    .join("\n");
}
