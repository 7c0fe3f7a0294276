import type { DestinationStream, Logger as PinoLogger, LoggerOptions } from "pino";
import type { Logger } from "../types.ts";
import { createConsoleLogger } from "./console-logger.ts";
import { toFields } from "./to-fields.ts";
import { createLazyLogger } from "./lazy-logger.ts";

/** Options of `createDefaultLogger`. */
export interface DefaultLoggerOptions {
  /** The least level that is written: `debug`, `info`, `warn`, `error` or `silent`. Default: `LOG_LEVEL`, else `info`. */
  readonly level?: string | undefined;
  /** Values that no line may show, such as what `${AUTH_SECRET}` stood for. Asked for every line. */
  readonly secrets?: (() => readonly string[]) | undefined;
  /** Where lines go. Default: the standard output. */
  readonly destination?: { write(line: string): void } | undefined;
}

/** A pino logger that is loaded with the first line, or JSON lines on the console where there is no pino. */
export function createDefaultLogger(options: DefaultLoggerOptions = {}): Logger {
  return createLazyLogger(() => {
    const level = options.level ?? globalThis.process?.env?.["LOG_LEVEL"] ?? "info";
    const scrub = (line: string) => scrubSecrets(line, options.secrets?.() ?? []);
    return createPino(level, scrub, options.destination) ?? createConsoleLogger(level, scrub);
  });
}

/** Replaces what must not be seen, also where JSON has escaped it. */
export function scrubSecrets(line: string, secrets: readonly string[]): string {
  let scrubbed = line;
  for (const secret of secrets) {
    scrubbed = scrubbed.replaceAll(secret, "[redacted]");
    scrubbed = scrubbed.replaceAll(JSON.stringify(secret).slice(1, -1), "[redacted]");
  }
  return scrubbed;
}

type CreatePino = (options: LoggerOptions, destination?: DestinationStream) => PinoLogger;

/** As a `require`, so that a logger can be made in the middle of a synchronous call. */
function createPino(
  level: string,
  streamWrite: (line: string) => string,
  destination: DefaultLoggerOptions["destination"],
): Logger | undefined {
  const modules = globalThis.process?.getBuiltinModule?.("node:module");
  try {
    // What `require` gives is known by the name alone.
    const create = modules?.createRequire(import.meta.url)("pino") as CreatePino | undefined;
    const options = { level, hooks: { streamWrite }, formatters: { log: toFields } };
    return destination ? create?.(options, destination) : create?.(options);
  } catch {
    // Bundled without its dependencies.
    return undefined;
  }
}
