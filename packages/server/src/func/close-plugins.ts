import type { Plugin } from "../types.ts";

/** Runs every `onClose`, last mounted first, each after the other. It gives what they threw, and tries them all. */
export async function closePlugins(plugins: readonly Plugin[]): Promise<unknown[]> {
  const errors: unknown[] = [];
  for (const plugin of plugins.toReversed())
    try {
      await plugin.onClose?.();
    } catch (error) {
      errors.push(error);
    }
  return errors;
}
