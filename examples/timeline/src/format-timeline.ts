import type { StepOutcome } from "@x/pipeline";

const WIDTH = 32;

const MEANING: Record<TimelineStep["outcome"], string> = {
  returned: "called next, then returned",
  early: "answered here, without next",
  threw: "threw",
  sent: "sent it and got a response",
};

/** One bar of a timeline. Times are in milliseconds of one clock. */
export interface TimelineStep {
  readonly name: string;
  /** Where it stands in the chain: a smaller one is further out. */
  readonly position: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: StepOutcome | "sent";
}

/** Draws the steps of one request, outermost first, each as a bar on the request's own time axis. */
export function formatTimeline(unordered: readonly TimelineStep[]): string {
  const steps = unordered.toSorted((a, b) => a.position - b.position);
  const start = Math.min(...steps.map(({ startedAt }) => startedAt));
  const end = Math.max(...steps.map(({ endedAt }) => endedAt));
  const nameWidth = Math.max(...steps.map(({ name }) => name.length));
  const column = (time: number) => Math.round(((time - start) / (end - start || 1)) * WIDTH);

  return steps
    .map(({ name, startedAt, endedAt, outcome }) => {
      const from = Math.min(column(startedAt), WIDTH - 1);
      const bar = "█".repeat(Math.max(1, column(endedAt) - from));
      const took = `${(endedAt - startedAt).toFixed(1)} ms`.padStart(9);
      return `  ${name.padEnd(nameWidth)} │${(" ".repeat(from) + bar).padEnd(WIDTH)}│ ${took}  ${MEANING[outcome]}`;
    })
    .join("\n");
}
