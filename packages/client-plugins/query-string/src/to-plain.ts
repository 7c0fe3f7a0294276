import { ClientError } from "@x/client";

/** How values become text. */
export interface PlainOptions {
  /** Whether arrays of values become one text, `1,2`. */
  readonly commas: boolean;
  readonly skipNulls: boolean;
}

/** As deep as the library that writes queries goes. It leaves out what is deeper without a word. */
const MAX_DEPTH = 20;

/**
 * Makes plain objects, arrays and texts of a query value, by the client's own rules: a date is ISO 8601, what has
 * `toJSON` is what that gives, maps are objects and sets are arrays.
 *
 * @throws ClientError `INVALID_QUERY` for a value that contains itself, is nested too deep, or is an invalid date.
 */
export function toPlain(value: unknown, options: PlainOptions, ancestors: readonly unknown[] = []): unknown {
  if (value === undefined || (value === null && options.skipNulls)) return undefined;
  if (value === null) return "";
  if (typeof value !== "object") return toText(value);
  if (value instanceof Date) return dateText(value);
  if (ancestors.includes(value)) throw invalid("a value of the query contains itself");
  if (ancestors.length > MAX_DEPTH) throw invalid(`the query is nested more than ${MAX_DEPTH} levels deep`);
  const inside = [...ancestors, value];
  if ("toJSON" in value && typeof value.toJSON === "function")
    return toPlain(value.toJSON(), options, inside);
  if (Array.isArray(value) || value instanceof Set) {
    const items = Array.from(value, (item) => toPlain(item, options, inside)).filter(isThere);
    return options.commas && items.every((item) => typeof item === "string")
      ? items.join(",") || undefined
      : items;
  }
  const entries =
    value instanceof Map || value instanceof URLSearchParams ? [...value] : Object.entries(value);
  return Object.fromEntries(
    entries
      .map(([name, item]) => [toText(name), toPlain(item, options, inside)])
      .filter(([, item]) => isThere(item)),
  );
}

/** Whether anything of it would be written. */
function isThere(plain: unknown): boolean {
  return typeof plain === "object" && plain !== null ? Object.keys(plain).length > 0 : plain !== undefined;
}

/** Half a surrogate pair has no encoding: it becomes the replacement character, as in the rest of a URL. */
function toText(value: unknown): string {
  return String(value).replace(/\p{Surrogate}/gu, "\ufffd");
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) throw invalid("a value of the query is an invalid date");
  return date.toISOString();
}

function invalid(message: string): ClientError {
  return new ClientError("INVALID_QUERY", message, { plugin: "query-string" });
}
