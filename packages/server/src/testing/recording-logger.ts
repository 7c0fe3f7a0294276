import type { Logger, LogMethod } from "../types.ts";

/** One line as it was logged, with the fields of its logger. */
export interface LoggedLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A logger, and what was logged through it and its children so far. */
export interface RecordingLogger {
  readonly logger: Logger;
  readonly lines: readonly LoggedLine[];
}

/**
 * Makes a logger whose lines a test can read.
 *
 * @example
 * ```ts
 * import { createRecordingLogger } from "@x/server/testing";
 *
 * const { logger, lines } = createRecordingLogger();
 * logger.child({ plugin: "auth" }).warn("the key expires soon");
 * console.log(lines[0]?.fields["plugin"]); // auth
 * ```
 */
export function createRecordingLogger(): RecordingLogger {
  const lines: LoggedLine[] = [];
  const create = (inherited: Readonly<Record<string, unknown>>): Logger => {
    const method =
      (level: LoggedLine["level"]): LogMethod =>
      (first: string | object, message?: unknown) => {
        const [own, text] = typeof first === "string" ? [{}, first] : [first, message];
        lines.push({
          level,
          message: typeof text === "string" ? text : undefined,
          fields: { ...inherited, ...own },
        });
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
