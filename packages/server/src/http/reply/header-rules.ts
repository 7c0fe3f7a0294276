import { ServerError } from "../../errors.ts";
import { ERROR_HEADER, READS_HEADER, WRITES_HEADER } from "../contract-headers.ts";

/** Response headers by their names in lower case. */
export type HeaderRecord = Record<string, string | string[]>;

/** A record without a prototype, so that every name is as good as another. */
export function createHeaders<Value = string | string[]>(): Record<string, Value> {
  // An object without a prototype has no other type.
  return Object.create(null) as Record<string, Value>;
}

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** What ends a line or stands for no byte: everything beside tabs and the printable part of Latin-1. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const FORBIDDEN = /[^\t\u0020-\u007e\u0080-\u00ff]/;

/** Headers that belong to one connection, which the server itself keeps. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Headers that describe one body, and are wrong with another: that of an error, or none. */
const CONTENT: ReadonlySet<string> = new Set([
  "accept-ranges",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-length",
  "content-location",
  "content-range",
  "content-type",
]);

/** Tells what describes one body alone. */
export function isContentHeader(lowerCaseName: string): boolean {
  return CONTENT.has(lowerCaseName);
}

/**
 * Beside those of its body, the headers of a success that an error must not have: it would be kept as one, or taken for
 * one. Which error it is, the server alone says.
 */
const SUCCESS: ReadonlySet<string> = new Set([
  "cache-control",
  "etag",
  "expires",
  "last-modified",
  ERROR_HEADER,
  READS_HEADER,
  WRITES_HEADER,
]);

/** Tells what was said of a success, and does not count for the error that came in its place. */
export function isSuccessHeader(lowerCaseName: string): boolean {
  return CONTENT.has(lowerCaseName) || SUCCESS.has(lowerCaseName);
}

/** Tells whether the server keeps a header for itself. */
export function isHopByHop(lowerCaseName: string): boolean {
  return HOP_BY_HOP.has(lowerCaseName);
}

/**
 * Checks a header's name.
 *
 * @returns It in lower case.
 * @throws ServerError `INVALID_REPLY`.
 */
export function toHeaderName(name: string): string {
  if (typeof name !== "string" || !NAME.test(name))
    throw new ServerError("INVALID_REPLY", `${JSON.stringify(name)} is no name of a header`);
  const lowerCase = name.toLowerCase();
  if (isHopByHop(lowerCase))
    throw new ServerError(
      "INVALID_REPLY",
      `the header "${lowerCase}" belongs to the connection, which the server keeps: leave it out`,
    );
  return lowerCase;
}

/**
 * Checks a header's value, one or several.
 *
 * @throws ServerError `INVALID_REPLY`. Its message does not quote the value.
 */
export function toHeaderValue(name: string, value: string | number | readonly string[]): string | string[] {
  if (Array.isArray(value)) return value.map((line) => toLine(name, line));
  return toLine(name, value);
}

function toLine(name: string, value: unknown): string {
  const line = typeof value === "number" ? String(value) : value;
  if (typeof line !== "string")
    throw new ServerError("INVALID_REPLY", `the value of the header "${name}" is neither text nor a number`);
  if (FORBIDDEN.test(line))
    throw new ServerError(
      "INVALID_REPLY",
      `the value of the header "${name}" holds a line break or a character that no header can: encode it`,
    );
  return line;
}
