/** One bar of a timeline. Times are in milliseconds since the request began. */
export interface TimelineBar {
  readonly side: "client" | "server";
  readonly name: string;
  /** How many plugins are around it. */
  readonly depth: number;
  readonly startedAt: number;
  /** `undefined` while it runs. */
  readonly endedAt: number | undefined;
  /**
   * `sent`: the request went out; `handled`: the server's handler made the answer; `passed`: a failure from further inside
   * went through.
   */
  readonly outcome: "running" | "returned" | "early" | "threw" | "passed" | "sent" | "handled";
}

/** What one request went through. */
export interface Timeline {
  readonly id: number;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly outcome: "pending" | "success" | "error" | "aborted";
  /** 0 while there is none. */
  readonly status: number;
  readonly durationMs: number | undefined;
  /** Outermost first, the client's before the server's. */
  readonly bars: readonly TimelineBar[];
}

/** How a step ended, in words. */
export const MEANING: Readonly<Record<TimelineBar["outcome"], string>> = {
  running: "is running",
  returned: "passed it on",
  early: "answered by itself",
  threw: "failed or refused",
  passed: "let a failure pass",
  sent: "sent it and got an answer",
  handled: "made the answer",
};
