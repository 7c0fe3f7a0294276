import { silentLogger } from "../../testing/silent-logger.ts";
import type { Plugin } from "../../types.ts";
import { Func } from "../func.ts";

/** A function whose host logs into `logger` and adds nothing to what code says. */
export function hostedFunc(
  plugins: readonly Plugin[],
  { logger = silentLogger, mountTimeoutMs = 1_000 } = {},
): Func<string> {
  const func = new Func({ plugins, handler: () => "handled" });
  func.attach({ name: "orders/create", logger, mountTimeoutMs, prepare: async (code) => code });
  return func;
}

/** A plugin of these hooks. */
export function namedPlugin(name: string, hooks: Omit<Plugin, "name" | "type">): Plugin {
  return { type: name, name, ...hooks };
}
