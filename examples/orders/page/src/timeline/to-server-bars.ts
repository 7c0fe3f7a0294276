import type { StepOutcome } from "@x/pipeline";
import type { TimelineBar } from "./timeline.ts";

/** `auth;dur=0.8;desc="0.1 returned"`: the name, how long, when it began, how it ended. */
const ENTRY = /([\w:.-]+);dur=([\d.]+)(?:;desc="([\d.]+) (\w+)")?/g;

/**
 * Reads the server's steps from `server-timing` and lays them into the time in which the client waited for the answer.
 * The two have no clock in common: what the way took is split evenly.
 */
export function toServerBars(header: string | undefined, core: TimelineBar | undefined): TimelineBar[] {
  if (!header || core?.endedAt === undefined) return [];
  const entries = [...header.matchAll(ENTRY)];
  const total = Number(entries.find(([, name]) => name === "total")?.[2] ?? 0);
  const begin = core.startedAt + Math.max(0, core.endedAt - core.startedAt - total) / 2;
  const steps = entries.filter(([, , , startedAt]) => startedAt !== undefined);
  return steps.map(([, name = "", duration, startedAt, outcome], index) => ({
    side: "server",
    name,
    depth: core.depth + 1 + index,
    startedAt: begin + Number(startedAt),
    endedAt: begin + Number(startedAt) + Number(duration),
    outcome: toOutcome(name, outcome as StepOutcome, steps[index + 1]?.[4] as StepOutcome | undefined),
  }));
}

function toOutcome(
  name: string,
  outcome: StepOutcome,
  inner: StepOutcome | undefined,
): TimelineBar["outcome"] {
  if (outcome === "threw") return inner === "threw" ? "passed" : "threw";
  return name === "handler" && outcome === "early" ? "handled" : outcome;
}
