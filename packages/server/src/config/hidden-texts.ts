import { isContainer } from "./code-nodes.ts";
import type { Shows } from "./redact.ts";

/** Every text and number in a value that may not be shown. */
export function hiddenTexts(
  value: unknown,
  keyPath: readonly string[],
  shows: Shows,
  holders: readonly unknown[] = [],
): readonly string[] {
  if (isContainer(value))
    return holders.includes(value)
      ? []
      : Object.entries(value).flatMap(([key, child]) =>
          hiddenTexts(child, [...keyPath, key], shows, [...holders, value]),
        );
  const isText = typeof value === "string" || typeof value === "number" || typeof value === "bigint";
  return isText && !shows(keyPath) ? [String(value)] : [];
}
