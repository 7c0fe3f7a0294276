import type { Logger } from "../types.ts";

const ignore = () => {};

/** For tests in which something fails on purpose. */
export const silentLogger: Logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  child: () => silentLogger,
};
