import { createDefaultLogger } from "../logger/default-logger.ts";
import type { FuncEnvironment } from "./func-environment.ts";

const MOUNT_TIMEOUT_MS = 30_000;

/** For functions that no host has loaded: configuration and plugins are what code says. */
export const codeEnvironment: FuncEnvironment = {
  name: "func",
  logger: createDefaultLogger(),
  mountTimeoutMs: MOUNT_TIMEOUT_MS,
  async prepare({ config, plugins }) {
    if (Object.keys(config.plugins ?? {}).length === 0) return { config, plugins };
    const [{ ProjectConfig }, { preparePlugins }, { builtInPlugins }] = await Promise.all([
      import("../config/project-config.ts"),
      import("../plugins/prepare-plugins.ts"),
      import("../http/built-in-plugins.ts"),
    ]);
    const root = globalThis.process?.cwd?.() ?? "/";
    const resolved = new ProjectConfig({ root }).resolveCode(config);
    return {
      config: resolved,
      plugins: await preparePlugins({ config: resolved, plugins, builtIn: builtInPlugins, root }),
    };
  },
};
