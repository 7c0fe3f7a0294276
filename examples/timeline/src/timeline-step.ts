import type { StepOutcome } from "@x/pipeline";

/** One bar of a timeline. Times are in milliseconds of one clock. */
export interface TimelineStep {
  readonly side: "client" | "server";
  readonly name: string;
  /** Where it stands in its side's chain: a smaller one is further out. */
  readonly position: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: StepOutcome | "sent" | "handled";
}
