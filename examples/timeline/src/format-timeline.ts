import { plainPaint, type Paint } from "./paint.ts";
import type { TimelineStep } from "./timeline-step.ts";
import { busyMs, countAtOnce, toLanes, type Lane } from "./to-lanes.ts";

const WIDTH = 32;

const MEANING: Record<TimelineStep["outcome"], string> = {
  returned: "called next",
  early: "answered here",
  threw: "threw",
  sent: "sent",
  handled: "made the response",
  shown: "shown",
};

/** By how many of the most that ever are at once. */
const HEIGHTS = ["▂", "▄", "▆", "█"];

/**
 * Draws steps as bars on one time axis, a line for each plugin: the client's, outermost first, and inside of them the
 * server's. Where several run at once, a bar is the higher the more there are.
 */
export function formatTimeline(steps: readonly TimelineStep[], paint: Paint = plainPaint): string {
  const lanes = toLanes(steps);
  const start = Math.min(...steps.map(({ startedAt }) => startedAt));
  const end = Math.max(...steps.map(({ endedAt }) => endedAt));
  const nameWidth = Math.max(...lanes.map(({ name }) => name.length));
  const most = Math.max(...lanes.map((lane) => countAtOnce(lane.steps)));
  const toColumn = (time: number) => Math.round(((time - start) / (end - start || 1)) * WIDTH);

  function toBar({ steps: own }: Lane): string {
    const spans = own.map((step) => {
      const from = Math.min(toColumn(step.startedAt), WIDTH - 1);
      return { step, from, to: Math.max(from + 1, toColumn(step.endedAt)) };
    });
    const cells = Array.from({ length: WIDTH }, (_, column) => {
      const here = spans.filter(({ from, to }) => from <= column && column < to);
      if (here.length === 0) return " ";
      const count = countAtOnce(here.map(({ step }) => step));
      return HEIGHTS[Math.ceil((count / most) * HEIGHTS.length) - 1];
    });
    return cells.join("");
  }

  const indent = " ".repeat("  client ".length + nameWidth);
  const axis = `${indent} 0 ms${`${(end - start).toFixed(1)} ms`.padStart(WIDTH - 3)}`;
  const lines = lanes.map((lane) => {
    const took = `${busyMs(lane.steps).toFixed(1)} ms`.padStart(9);
    const label = `${lane.side} ${lane.name.padEnd(nameWidth)}`;
    return `  ${paint(lane.side, label)} │${paint(lane.side, toBar(lane))}│ ${took}  ${describeOutcomes(lane, paint)}`;
  });
  return [paint("aside", axis), ...lines].join("\n");
}

/** What came of the runs, one after the other: `2 × 503, 200`. */
function describeOutcomes({ steps }: Lane, paint: Paint): string {
  const runs: { text: string; count: number; threw: boolean }[] = [];
  for (const { outcome, note } of steps) {
    const text = note ?? MEANING[outcome];
    const last = runs.at(-1);
    if (last?.text === text) last.count += 1;
    else runs.push({ text, count: 1, threw: outcome === "threw" });
  }
  return runs
    .map(({ text, count, threw }) => {
      const described = count > 1 ? `${count} × ${text}` : text;
      return threw ? paint("bad", described) : described;
    })
    .join(", ");
}
