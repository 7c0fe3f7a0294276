import type { FuncConfig, Plugin } from "../types.ts";
import type { InvocationContext } from "./invocation-context.ts";
import { InvocationData } from "./invocation-data.ts";
import type { SignalSource } from "./signal-source.ts";

/** Makes the `data` of one invoke. */
export type CreateData = (
  event: unknown,
  context: InvocationContext,
  config: FuncConfig,
  signalSource?: SignalSource,
) => InvocationData;

/** The built-in plugin that brings fields of its own to `data` does so under this key. */
export const CREATE_DATA = Symbol("createData");

/** How a function with these plugins makes its `data`. */
export function findCreateData(plugins: readonly Plugin[]): CreateData {
  for (const plugin of plugins as readonly (Plugin & { [CREATE_DATA]?: CreateData })[]) {
    const create = plugin[CREATE_DATA];
    if (create) return create.bind(plugin);
  }
  return (event, context, config, signalSource) => new InvocationData(event, context, config, signalSource);
}
