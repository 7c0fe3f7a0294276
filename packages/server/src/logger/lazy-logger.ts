import type { Logger } from "../types.ts";

/** A logger that is made with its first line, or its first child's. */
export function createLazyLogger(make: () => Logger): Logger {
  let made: Logger | undefined;
  const logger = () => (made ??= make());
  return {
    // Arguments pass through as they are: the overloads of a log method are the made logger's own.
    debug: (...args: [string]) => logger().debug(...args),
    info: (...args: [string]) => logger().info(...args),
    warn: (...args: [string]) => logger().warn(...args),
    error: (...args: [string]) => logger().error(...args),
    child: (fields) => createLazyLogger(() => logger().child(fields)),
  } as Logger;
}
