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

/** Under this key the built-in plugin that brings fields of its own to `data` makes it. */
const CREATE_DATA = Symbol("createData");

interface DataProvider {
  [CREATE_DATA]?: CreateData;
}

/** Says how functions with a plugin make their `data`. It is called on that plugin. */
export function provideData<Provider extends Plugin>(
  plugin: Provider,
  create: (this: Provider, ...args: Parameters<CreateData>) => InvocationData,
): void {
  Object.defineProperty(plugin, CREATE_DATA, { value: create });
}

/** How a function with these plugins makes its `data`. */
export function findCreateData(plugins: readonly Plugin[]): CreateData {
  for (const plugin of plugins as readonly (Plugin & DataProvider)[]) {
    const create = plugin[CREATE_DATA];
    if (create) return create.bind(plugin);
  }
  return (event, context, config, signalSource) => new InvocationData(event, context, config, signalSource);
}
