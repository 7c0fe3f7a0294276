import { MEANING, type Timeline } from "./timeline.ts";

const WIDTH = 40;

/** Draws a timeline as text: one line for each step, as a bar on the request's own time axis. */
export function formatTimeline({ bars, durationMs }: Timeline): string {
  const end = durationMs ?? Math.max(...bars.map(({ endedAt = 0 }) => endedAt));
  const nameWidth = Math.max(...bars.map(({ name }) => name.length));
  const column = (time: number) => Math.round((time / (end || 1)) * WIDTH);
  return bars
    .map(({ side, name, startedAt, endedAt = end, outcome }) => {
      const from = Math.min(column(startedAt), WIDTH - 1);
      const bar = "█".repeat(Math.max(1, column(endedAt) - from));
      const took = `${(endedAt - startedAt).toFixed(1)} ms`.padStart(10);
      return `  ${side} ${name.padEnd(nameWidth)} │${(" ".repeat(from) + bar).padEnd(WIDTH)}│${took}  ${MEANING[outcome]}`;
    })
    .join("\n");
}
