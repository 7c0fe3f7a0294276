import { memo, useState } from "react";
import { MEANING, type Timeline, type TimelineBar } from "../timeline/timeline.ts";

interface RequestItemProps {
  readonly timeline: Timeline;
  readonly isLatest: boolean;
}

/** One request as a line, and opened as the plugins of both ends on the request's own time axis. */
export const RequestItem = memo(function RequestItem({ timeline, isLatest }: RequestItemProps) {
  const { method, path, outcome, durationMs, bars } = timeline;
  const end = durationMs ?? Math.max(1, ...bars.map(({ startedAt, endedAt = startedAt }) => endedAt));
  // The latest is open until somebody says otherwise.
  const [choice, setChoice] = useState<boolean>();
  const isOpen = choice ?? isLatest;

  return (
    <details className="request" data-outcome={outcome} open={isOpen}>
      <summary
        onClick={(event) => {
          event.preventDefault();
          setChoice(!isOpen);
        }}
      >
        <span className="method">{method}</span>
        <span className="path">{path}</span>
        <span className="status">{toStatus(timeline)}</span>
        <span className="soft">{durationMs === undefined ? "…" : toDuration(durationMs)}</span>
      </summary>
      <ol className="bars">
        {isOpen && toSteps(bars).map((runs) => <Step key={keyOf(runs[0]!)} runs={runs} end={end} />)}
      </ol>
    </details>
  );
});

/** One plugin, with a bar for each of its runs: inside of a retry there may be several. */
function Step({ runs, end }: { readonly runs: readonly TimelineBar[]; readonly end: number }) {
  const { side, name } = runs[0]!;
  const { outcome } = runs.at(-1)!;
  const times = runs.length > 1 ? `${runs.length} times, ` : "";
  const took = runs.reduce((sum, { startedAt, endedAt = end }) => sum + endedAt - startedAt, 0);
  return (
    <li data-side={side} title={`${name}: ${times}${MEANING[outcome]}`}>
      <span className="step">
        {name}
        <span className="visually-hidden">
          , {side}, {times}
          {MEANING[outcome]},
        </span>
      </span>
      <span className="track" aria-hidden="true">
        {runs.map(({ startedAt, endedAt = end, outcome: how }) => (
          <span
            key={startedAt}
            data-outcome={how}
            style={{
              insetInlineStart: `${Math.min(99, (startedAt / end) * 100)}%`,
              width: `${Math.min(100, ((endedAt - startedAt) / end) * 100)}%`,
            }}
          />
        ))}
      </span>
      <span className="number soft">{toDuration(took)}</span>
    </li>
  );
}

const keyOf = ({ side, depth }: TimelineBar): string => `${side} ${depth}`;

/** The runs of each step, outermost first. */
function toSteps(bars: readonly TimelineBar[]): TimelineBar[][] {
  return [...Map.groupBy(bars, keyOf).values()];
}

function toStatus({ outcome, status, bars }: Timeline): string {
  if (outcome === "pending") return "";
  if (outcome === "aborted") return "aborted";
  const isFetched = bars.some(({ outcome: how }) => how === "sent");
  if (outcome === "success" && !isFetched) return "known";
  return status === 0 ? "failed" : String(status);
}

function toDuration(durationMs: number): string {
  return durationMs < 10 ? `${durationMs.toFixed(1)} ms` : `${Math.round(durationMs)} ms`;
}
