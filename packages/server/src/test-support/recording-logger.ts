import type { Logger, LogMethod } from "../types.ts";

/** One line as it was logged, with the fields of its logger. */
export interface LoggedLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A logger whose lines can be read back. */
export function createRecordingLogger(): { readonly logger: Logger; readonly lines: readonly LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const create = (inherited: Readonly<Record<string, unknown>>): Logger => {
    const method =
      (level: LoggedLine["level"]): LogMethod =>
      (first: string | object, message?: unknown) => {
        const [own, text] = typeof first === "string" ? [{}, first] : [first, message];
        lines.push({ level, message: text as string | undefined, fields: { ...inherited, ...own } });
      };
    return {
      debug: method("debug"),
      info: method("info"),
      warn: method("warn"),
      error: method("error"),
      child: (fields) => create({ ...inherited, ...fields }),
    };
  };
  return { logger: create({}), lines };
}
