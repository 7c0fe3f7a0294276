import type { Context } from "../request/context.ts";
import { ClientError } from "../errors.ts";
import type { AnyPlugin } from "./plugin.ts";
import type { Runtime } from "../client/runtime-types.ts";

/** The hooks of a plugin's `lifecycle`. */
export type HookName = "onMount" | "onUpdate" | "onUnmount";

/** Calls one hook and reports what it throws, now or when its promise tells. */
export function callHook(
  runtime: Runtime,
  plugin: AnyPlugin,
  hook: HookName,
  current: Context,
  previous?: Context,
): void {
  const report = (cause: unknown) =>
    runtime.report(
      new ClientError("LIFECYCLE_THREW", `${hook} of "${plugin.name}" threw for ${current.queryKey}`, {
        plugin: plugin.name,
        cause,
      }),
    );
  try {
    const returned = plugin.lifecycle?.[hook]?.(current as never, previous as never);
    if (returned) Promise.resolve(returned).catch(report);
  } catch (cause) {
    report(cause);
  }
}
