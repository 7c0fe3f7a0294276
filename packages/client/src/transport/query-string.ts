import { encodeText } from "./encode-text.ts";
import { ClientError } from "../errors.ts";
import { hasToJson } from "../request/query-key.ts";

/**
 * Writes a query: arrays repeat their name, nested objects and maps take brackets (`filter[state]=open`), dates are
 * ISO 8601, what has `toJSON` is what that gives, `undefined` and `null` are left out.
 *
 * @throws ClientError `INVALID_QUERY` for a value that contains itself, or a date that is none.
 */
export function toQueryString(query: object): string {
  const pairs: string[] = [];
  const add = (name: string, value: unknown, ancestors: readonly unknown[]): void => {
    if (value === undefined || value === null) return;
    if (ancestors.includes(value))
      throw new ClientError("INVALID_QUERY", `the query value "${name}" contains itself`);
    if (typeof value !== "object") pairs.push(`${encodeText(name)}=${encodeText(String(value))}`);
    else if (hasToJson(value)) {
      // By itself an invalid date would be left out.
      if (value instanceof Date && Number.isNaN(value.getTime()))
        throw new ClientError("INVALID_QUERY", `the query value "${name}" is an invalid date`);
      add(name, value.toJSON(), [...ancestors, value]);
    } else if (Array.isArray(value) || value instanceof Set)
      for (const item of value) add(name, item, [...ancestors, value]);
    else for (const [key, item] of entriesOf(value)) add(`${name}[${key}]`, item, [...ancestors, value]);
  };
  for (const [name, value] of entriesOf(query)) add(name, value, [query]);
  return pairs.join("&");
}

function entriesOf(value: object): Iterable<[string, unknown]> {
  return value instanceof Map || value instanceof URLSearchParams
    ? (value as Map<string, unknown>).entries()
    : Object.entries(value);
}
