import { ServerError } from "../../errors.ts";

/** One event, as `EventSource` in browsers gets it. */
export interface ServerSentEvent {
  /** Its type, for `addEventListener`. Default: `message`. */
  readonly event?: string | undefined;
  /** Text goes as it is, line breaks included; everything else as JSON. Default: "". */
  readonly data?: unknown;
  /** What a client that comes back sends as `last-event-id`. */
  readonly id?: string | undefined;
  /** How long a client waits before it comes back, in milliseconds. */
  readonly retry?: number | undefined;
}

/**
 * Writes an event in the notation of `text/event-stream`.
 *
 * @throws ServerError `INVALID_REPLY` for a type or an id with a line break, by which it would become another event.
 */
export function encodeEvent({ event, data = "", id, retry }: ServerSentEvent): string {
  const lines: string[] = [];
  if (event !== undefined) lines.push(`event: ${toLine("event", event)}`);
  if (id !== undefined) lines.push(`id: ${toLine("id", id)}`);
  if (retry !== undefined) lines.push(`retry: ${toMilliseconds(retry)}`);
  for (const line of toText(data).split(/\r\n|\r|\n/)) lines.push(`data: ${line}`);
  return `${lines.join("\n")}\n\n`;
}

function toText(data: unknown): string {
  // Its type promises text; for functions and symbols there is none.
  const text = typeof data === "string" ? data : (JSON.stringify(data) as string | undefined);
  if (text !== undefined) return text;
  throw new ServerError(
    "INVALID_REPLY",
    `the data of an event is a ${typeof data}, which JSON has no form for`,
  );
}

function toLine(field: string, value: unknown): string {
  // A browser takes no id with the character 0.
  if (typeof value === "string" && !/[\r\n\0]/.test(value)) return value;
  throw new ServerError("INVALID_REPLY", `the ${field} of an event must be one line of text`);
}

function toMilliseconds(retry: number): number {
  if (Number.isInteger(retry) && retry >= 0) return retry;
  throw new ServerError("INVALID_REPLY", "the retry of an event must be a whole number of milliseconds");
}
