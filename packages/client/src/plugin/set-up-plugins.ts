import { ClientError, messageOf } from "../errors.ts";
import type { Runtime } from "../client/runtime-types.ts";

/** What plugins contributed to one client. */
export interface PluginSetUp {
  readonly methods: readonly (readonly [plugin: string, methods: object])[];
  /** Calls what the set-ups returned, the last one first, and reports what throws. */
  readonly takeDown: () => void;
}

/**
 * Runs `setup` and `api` of every plugin, once. When one throws, those before it are taken down again.
 *
 * @throws ClientError `SETUP_THREW` with the plugin's name.
 */
export function setUpPlugins(runtime: Runtime): PluginSetUp {
  const context = runtime.scope;
  const takeDowns: [plugin: string, takeDown: () => void][] = [];
  const takeDown = () => {
    for (const [plugin, run] of takeDowns.splice(0).toReversed()) {
      try {
        run();
      } catch (cause) {
        runtime.report(
          new ClientError("CLEANUP_THREW", `a cleanup of "${plugin}" threw`, {
            plugin,
            cause,
          }),
        );
      }
    }
  };
  const methods = runtime.plugins.flatMap((plugin): PluginSetUp["methods"] => {
    try {
      const disposer = plugin.setup?.(context as never);
      if (disposer) takeDowns.push([plugin.name, disposer]);
      return plugin.api ? [[plugin.name, plugin.api(context as never)]] : [];
    } catch (cause) {
      takeDown();
      const { name } = plugin;
      const message = `the plugin "${name}" could not be set up: ${messageOf(cause)}`;
      throw new ClientError("SETUP_THREW", message, { plugin: name, cause });
    }
  });
  return { methods, takeDown };
}
