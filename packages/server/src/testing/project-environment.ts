import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { mergeConfigs } from "../app/merge-configs.ts";
import { ProjectConfig } from "../config/project-config.ts";
import type { FuncEnvironment } from "../func/func-environment.ts";
import { builtInPlugins } from "../http/built-in-plugins.ts";
import { preparePlugins } from "../plugins/prepare-plugins.ts";
import type { FuncConfig, Logger } from "../types.ts";

const MOUNT_TIMEOUT_MS = 30_000;

interface ProjectOptions {
  readonly file?: string | URL | undefined;
  readonly root?: string | URL | undefined;
  readonly stage?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly config?: FuncConfig | undefined;
  readonly logger: Logger;
}

/** Surroundings as an app gives them, for one function in a test. */
export function projectEnvironment(options: ProjectOptions): FuncEnvironment {
  const { stage = "testing", env, config: override = {}, logger } = options;
  const file = options.file && toPath(options.file);
  const root = options.root ? toPath(options.root) : file ? topmostConfigured(dirname(file)) : process.cwd();
  const project = new ProjectConfig({ root, stage, ...(env && { env: { ...env } }) });
  return {
    name: file ?? "func",
    logger,
    mountTimeoutMs: MOUNT_TIMEOUT_MS,
    async prepare({ config, plugins }) {
      const merged = mergeConfigs(config, override);
      // Without a file there is no folder whose YAML would count.
      const resolved = file ? await project.resolve(file, merged) : project.resolveCode(merged);
      return {
        config: resolved,
        plugins: await preparePlugins({ config: resolved, plugins, builtIn: builtInPlugins, root }),
      };
    },
  };
}

function toPath(place: string | URL): string {
  return place instanceof URL || place.startsWith("file:") ? fileURLToPath(place) : place;
}

function topmostConfigured(folder: string): string {
  const parent = dirname(folder);
  return parent !== folder && existsSync(join(parent, "faas.yaml")) ? topmostConfigured(parent) : folder;
}
