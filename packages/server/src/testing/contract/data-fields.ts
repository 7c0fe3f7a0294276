import type { InvokeData } from "../../types.ts";

/** What plugins have put on the `data` of one request, by name. */
export type DataFields = Readonly<Record<string, unknown>>;

/** The framework's own fields, and those of HTTP. */
const KNOWN: ReadonlySet<string> = new Set([
  "event",
  "context",
  "config",
  "logger",
  "signal",
  "response",
  "requestId",
  "params",
  "cookie",
  "session",
  "setHeader",
  "setContentType",
  "setStatusCode",
  "setBody",
]);

/** The fields that plugins have added. */
export function fieldsOf(data: InvokeData): DataFields {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !KNOWN.has(name)));
}

/** The name of a field that holds one changeable object in the requests of two functions. */
export function findShared(functions: readonly (readonly DataFields[])[]): string | undefined {
  const owners = new Map<object, number>();
  for (const [owner, requests] of functions.entries())
    for (const [name, value] of requests.flatMap((fields) => Object.entries(fields))) {
      // What nobody can change is no state.
      if (typeof value !== "object" || value === null || Object.isFrozen(value)) continue;
      const known = owners.get(value) ?? owner;
      if (known !== owner) return name;
      owners.set(value, owner);
    }
  return undefined;
}

/** The name of a field that counts requests, and goes on in a second function where the first has ended. */
export function findCount(functions: readonly (readonly DataFields[])[]): string | undefined {
  const names = Object.keys(functions[0]?.[0] ?? {});
  return names.find((name) => {
    const values = functions.flatMap((requests) => requests.map((fields) => fields[name]));
    // Times are not a whole one apart each time; counts are.
    return values.every(
      (value, index) => typeof value === "number" && (index === 0 || value === Number(values[index - 1]) + 1),
    );
  });
}
