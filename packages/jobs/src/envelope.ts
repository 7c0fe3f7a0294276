import type { TraceCarrier } from "./trace/trace-context.ts";

/** What is stored as the data of a job. */
export interface Envelope {
  readonly payload: unknown;
  /** The time of the schedule that it stands for, as ISO 8601. */
  readonly slot?: string | undefined;
  readonly trace?: TraceCarrier | undefined;
}

/** Reads what may have been written by anybody with access to the table. */
export function toEnvelope(data: unknown): Envelope {
  if (typeof data !== "object" || data === null || !("payload" in data)) return { payload: {} };
  const { payload, slot, trace } = data as Readonly<Record<string, unknown>>;
  return {
    payload,
    slot: typeof slot === "string" ? slot : undefined,
    // A propagator reads text and ignores what it does not know.
    trace: typeof trace === "object" && trace !== null ? (trace as TraceCarrier) : undefined,
  };
}
