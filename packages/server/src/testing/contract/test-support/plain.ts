import type { InvokeData, Next, Plugin, PluginOptions } from "../../../types.ts";
import type { CreatePlugin } from "../contract-options.ts";
import type { PluginCheckId } from "../plugin-check.ts";

/** A check, the words by which the author is told, and what makes a plugin that breaks it. */
export type Fault = readonly [check: PluginCheckId, words: string, create: () => CreatePlugin];

/** A plugin that lets everything through, with these parts instead of its own. */
export function plain(
  parts: (options: PluginOptions) => Partial<Plugin> & { config?: unknown },
): CreatePlugin {
  return (options) => {
    const { name } = options;
    const own = parts(options);
    const base = {
      type: "a",
      name,
      ...(!own.onMount && { onInvoke: (_: InvokeData, next: Next) => next() }),
    };
    // Descriptors, so that what is not enumerable stays so. With the parts, it is a plugin.
    return Object.defineProperties(base, Object.getOwnPropertyDescriptors(own)) as Plugin;
  };
}

/** The code of whoever wants it once more. */
export async function twice(_data: unknown, next: Next): Promise<void> {
  await next();
  await next();
}

/** A method that listing does not show, as those of a class. */
export function hidden(name: string, value: () => unknown): object {
  return Object.defineProperty({}, name, { value, enumerable: false });
}

/** Another task. */
export const wait = () => new Promise<void>((resolve) => void setImmediate(resolve));
