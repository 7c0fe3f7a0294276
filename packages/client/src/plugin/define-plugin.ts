import type { OperationType, PluginTypes } from "./plugin-types.ts";
import type { ClientPlugin } from "./plugin.ts";

/**
 * Types a plugin. The types that it adds are given, its operations and dependencies are inferred, which is why
 * there are two calls: TypeScript infers all type arguments of a call or none.
 *
 * @example
 * ```ts
 * import { definePlugin } from "@x/client";
 *
 * interface Label {
 *   options: { label?: string };
 *   meta: { label: string };
 * }
 *
 * const label = definePlugin<Label>()({
 *   name: "acme:label",
 *   operations: ["read"],
 *   middleware(context, next) {
 *     context.setMeta({ label: context.pluginOptions?.label ?? "none" });
 *     return next();
 *   },
 * });
 * ```
 */
export function definePlugin<Types extends CheckedTypes<Types> = object>() {
  return <
    const Operations extends readonly OperationType[] = readonly OperationType[],
    const Dependencies extends readonly string[] = readonly [],
  >(
    plugin: ClientPlugin<Types, Operations, Dependencies>,
  ): ClientPlugin<Types, Operations, Dependencies> => plugin;
}

/** Nothing misspelt: `method` for `methods` would go unnoticed. */
type CheckedTypes<Types> = PluginTypes & { [Unknown in Exclude<keyof Types, keyof PluginTypes>]: never };
