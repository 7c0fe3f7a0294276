import type { PGlite } from "@electric-sql/pglite";
import { builtins, getTypeParser } from "pg-types";

const BOOL = builtins.BOOL;
const BYTEA = builtins.BYTEA;

/** The types that Postgres brings itself have numbers below this one. */
const FIRST_OWN_TYPE = 10_000;

/**
 * Has PGlite read values as `pg` does, by the very same parsers: a program must not find other types in its rows once
 * it moves to a server.
 */
export function readLikeServer(pglite: PGlite): void {
  const { parsers, serializers } = pglite;
  // Its types name some of the numbers; it knows more.
  const parserOf = getTypeParser as (type: number, format: "text") => (text: string) => unknown;
  const asText = parserOf(FIRST_OWN_TYPE, "text");
  for (let type = 1; type < FIRST_OWN_TYPE; type += 1) {
    const parse = parserOf(type, "text");
    // Text is what it gives without a parser.
    if (parse !== asText || type in parsers) parsers[type] = parse;
  }
  // What `toServerParameters` has made is text already.
  const { [BYTEA]: bytea } = serializers;
  serializers[BOOL] = String;
  serializers[BYTEA] = (value: unknown) => (typeof value === "string" ? value : bytea!(value));
}

/** Makes of parameters what `pg` makes of them, whatever the types of their columns. */
export function toServerParameters(parameters: readonly unknown[] | undefined): unknown[] {
  return (parameters ?? []).map(toServerParameter);
}

function toServerParameter(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (value instanceof Uint8Array) return value;
  if (value instanceof Date) return toLocalText(value);
  if (Array.isArray(value)) return toArrayText(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function toArrayText(values: readonly unknown[]): string {
  const elements = values.map((value) => {
    if (value === undefined || value === null) return "NULL";
    if (Array.isArray(value)) return toArrayText(value);
    const text =
      value instanceof Uint8Array
        ? `\\x${Buffer.from(value).toString("hex")}`
        : String(toServerParameter(value));
    return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  });
  return `{${elements.join(",")}}`;
}

/** In local time with its offset, so that a column without time zone gets the time that a clock on the wall shows. */
function toLocalText(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * 60_000).toISOString().replace("Z", "");
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.abs(offset);
  return `${local}${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
