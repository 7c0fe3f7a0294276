import type { FilledPath } from "./path.ts";

/** The key of a request: method, filled-in path, canonical query. */
export function toQueryKey({ path, readKey }: FilledPath, method: string, query: object | undefined): string {
  const bareKey = method === "GET" ? readKey : `${method} ${path}`;
  const written = query ? canonical(query) : "{}";
  return written === "{}" ? bareKey : `${bareKey}?${written}`;
}

/**
 * Writes a value so that equal inputs give equal text and different ones different text: keys are sorted,
 * `undefined` properties left out, and types that JSON loses are tagged. What comes again inside itself is
 * written as a reference to how far out it stands.
 */
export function canonical(value: unknown, ancestors: readonly unknown[] = []): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "bigint":
      return `${value}n`;
    case "object":
      return value === null ? "null" : canonicalObject(value, ancestors);
    default:
      return String(value);
  }
}

function canonicalObject(value: object, ancestors: readonly unknown[]): string {
  const depth = ancestors.indexOf(value);
  if (depth >= 0) return `^${ancestors.length - depth}`;
  const inside = [...ancestors, value];
  const list = (values: Iterable<unknown>) => Array.from(values, (item) => canonical(item, inside)).join();

  if (Array.isArray(value)) return `[${list(value)}]`;
  // The order of a map's or set's entries has no meaning to a server.
  if (value instanceof Map || value instanceof Set) {
    const items = Array.from(value, (item) => canonical(item, inside)).toSorted();
    return `${value instanceof Map ? "Map" : "Set"}(${items.join()})`;
  }
  if (value instanceof URLSearchParams) return `Params(${value})`;
  if (hasToJson(value)) return canonical(value.toJSON(), inside);
  const properties = Object.entries(value)
    .filter(([, property]) => property !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, property]) => `${JSON.stringify(name)}:${canonical(property, inside)}`);
  return `{${properties.join()}}`;
}

/** Whether a value says itself what stands for it, as a `URL` and most classes of dates and numbers do. */
export function hasToJson(value: object): value is { toJSON(): unknown } {
  return "toJSON" in value && typeof value.toJSON === "function";
}
