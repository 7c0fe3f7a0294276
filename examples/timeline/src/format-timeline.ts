import type { TimelineStep } from "./timeline-step.ts";

const WIDTH = 32;

const MEANING: Record<TimelineStep["outcome"], string> = {
  returned: "called next, then returned",
  early: "answered here, without next",
  threw: "threw",
  sent: "sent it and got a response",
  handled: "made the response",
};

/** Draws the steps of one request, the client's and inside of them the server's, as bars on the request's own time axis. */
export function formatTimeline(unordered: readonly TimelineStep[]): string {
  const steps = unordered.toSorted(
    (a, b) => Number(a.side === "server") - Number(b.side === "server") || a.position - b.position,
  );
  const start = Math.min(...steps.map(({ startedAt }) => startedAt));
  const end = Math.max(...steps.map(({ endedAt }) => endedAt));
  const nameWidth = Math.max(...steps.map(({ name }) => name.length));
  const column = (time: number) => Math.round(((time - start) / (end - start || 1)) * WIDTH);

  return steps
    .map(({ side, name, startedAt, endedAt, outcome }) => {
      const from = Math.min(column(startedAt), WIDTH - 1);
      const bar = "█".repeat(Math.max(1, column(endedAt) - from));
      const took = `${(endedAt - startedAt).toFixed(1)} ms`.padStart(9);
      return `  ${side} ${name.padEnd(nameWidth)} │${(" ".repeat(from) + bar).padEnd(WIDTH)}│ ${took}  ${MEANING[outcome]}`;
    })
    .join("\n");
}
