import type { Plugin } from "../../types.ts";

/** A plugin that notes its mounts and closings, and fails the first mounts. */
export function countLifecycle(options: { readonly failures?: number } = {}) {
  const seen: string[] = [];
  let failures = options.failures ?? 0;
  const plugin: Plugin = {
    type: "counted",
    name: "counted",
    async onMount(_data, next) {
      seen.push("mount");
      if (failures-- > 0) throw new Error("planted");
      await next();
    },
    onClose: () => void seen.push("close"),
  };
  return { plugin, seen };
}
