import type { StepOutcome } from "@x/pipeline";

/** Whose doing a bar is: what somebody sees, what others do, and the plugins of both ends. */
export type Side = "screen" | "others" | "client" | "server";

/** One bar of a timeline. Times are in milliseconds of one clock. */
export interface TimelineStep {
  readonly side: Side;
  readonly name: string;
  /** Where it stands in its side's chain: a smaller one is further out. */
  readonly position: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: StepOutcome | "sent" | "handled" | "shown";
  /** Says more than the outcome does, such as a status. */
  readonly note?: string;
  /** The request's id, where the step knows it. */
  readonly requestId?: string | undefined;
}
