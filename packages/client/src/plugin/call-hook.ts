import type { Context } from "../request/context.ts";
import { ClientError } from "../errors.ts";
import type { AnyPlugin } from "./plugin.ts";
import type { Runtime } from "../client/runtime-types.ts";

/** The hooks of a plugin's `lifecycle`. */
export type HookName = "onMount" | "onUpdate" | "onUnmount";

/** Calls a hook of every plugin that sees the operation, in plugin order. */
export function callHooks(runtime: Runtime, hook: HookName, current: Context, previous?: Context): void {
  for (const plugin of runtime.plugins) {
    if (plugin.operations && !plugin.operations.includes(current.operationType)) continue;
    callHook(runtime, plugin, hook, current, previous);
  }
}

/** Calls one hook and reports what it throws, now or when its promise tells. */
function callHook(
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
