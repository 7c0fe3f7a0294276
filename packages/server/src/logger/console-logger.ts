import { messageOf } from "../errors.ts";
import type { Logger, LogMethod } from "../types.ts";
import { toFields } from "./to-fields.ts";

const LEVELS = ["debug", "info", "warn", "error", "silent"] as const;

/** JSON lines on the console, for runtimes without pino. */
export function createConsoleLogger(
  level: string,
  scrub: (line: string) => string,
  fields: Readonly<Record<string, unknown>> = {},
): Logger {
  const least = Math.max(0, LEVELS.indexOf(level as (typeof LEVELS)[number]));
  const method =
    (name: "debug" | "info" | "warn" | "error"): LogMethod =>
    (first: string | object, ...rest: unknown[]) => {
      if (LEVELS.indexOf(name) < least) return;
      const [own, message, values] =
        typeof first === "string" ? [{}, first, rest] : [first, rest[0], rest.slice(1)];
      const line = {
        level: name,
        time: Date.now(),
        ...fields,
        ...toFields(own),
        msg: format(message, values),
      };
      // oxlint-disable-next-line no-console -- this is the console's logger
      console[name](scrub(stringify(line)));
    };
  return {
    debug: method("debug"),
    info: method("info"),
    warn: method("warn"),
    error: method("error"),
    child: (more) => createConsoleLogger(level, scrub, { ...fields, ...more }),
  };
}

/** Puts values in the places of `%s`, `%d`, `%o` and the like; what is left over follows. */
function format(message: unknown, values: readonly unknown[]): string {
  const rest = [...values];
  const text = String(message ?? "").replaceAll(/%[sdifoOjc%]/g, (place) => {
    if (place === "%%") return "%";
    return rest.length > 0 ? toText(rest.shift()) : place;
  });
  return [text, ...rest.map(toText)].join(" ");
}

function toText(value: unknown): string {
  if (typeof value !== "object" || value === null) return messageOf(value);
  try {
    return JSON.stringify(value, toPlain);
  } catch {
    return messageOf(value);
  }
}

/** One line in any case: what cannot be written, such as a cycle, is left out. */
function stringify(line: { readonly level: string; readonly msg: string }): string {
  try {
    return JSON.stringify(line, toPlain);
  } catch {
    return JSON.stringify({ level: line.level, msg: line.msg });
  }
}

/** What JSON has no form for: errors become their message and stack, big integers text. */
function toPlain(_key: string, value: unknown): unknown {
  if (value instanceof Error) return { type: value.name, message: value.message, stack: value.stack };
  return typeof value === "bigint" ? `${value}` : value;
}
