import { isContainer } from "./code-nodes.ts";
import { REDACTED } from "./scrub.ts";

/** Tells whether the value at these keys, from `plugins` on, may be shown. */
export type Shows = (keyPath: readonly string[]) => boolean;

/** A copy that shows keys, and values only where they may be shown. */
export function redact(
  value: unknown,
  keyPath: readonly string[],
  shows: Shows,
  holders: readonly unknown[] = [],
): unknown {
  if (!isContainer(value)) return shows(keyPath) ? value : REDACTED;
  // A plugin may have tied its own copy into a ring.
  if (holders.includes(value)) return "[circular]";
  const child = (key: string, item: unknown) => redact(item, [...keyPath, key], shows, [...holders, value]);
  if (Array.isArray(value)) return value.map((item, index) => child(String(index), item));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, child(key, item)]));
}
