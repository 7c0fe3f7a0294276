import type { Logger } from "../types.ts";

const ignore = (): void => {};

/** Drops every line, so that failures which a test expects do not clutter its output. */
export const silentLogger: Logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  child: () => silentLogger,
};
