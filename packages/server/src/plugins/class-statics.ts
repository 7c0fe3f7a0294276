import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { PluginClass } from "../types.ts";
import { type Culprit, pluginFailure } from "./plugin-failure.ts";

/** What a plugin's class says of its configuration. */
export interface ClassStatics {
  readonly configSchema?: StandardSchemaV1 | undefined;
  readonly publicConfig: readonly string[];
}

/**
 * Reads a class's static fields.
 *
 * @throws ServerError `INVALID_PLUGIN` when one of them is not what it should be.
 */
export function readStatics(Class: Partial<PluginClass> | undefined, culprit: Culprit): ClassStatics {
  const { configSchema, publicConfig = [] } = Class ?? {};
  if (configSchema !== undefined && typeof configSchema?.["~standard"]?.validate !== "function")
    throw pluginFailure("INVALID_PLUGIN", culprit, "has a static configSchema that is no Standard Schema");
  if (!Array.isArray(publicConfig) || publicConfig.some((path) => typeof path !== "string"))
    throw pluginFailure("INVALID_PLUGIN", culprit, "has a static publicConfig that is no list of key paths");
  return { configSchema, publicConfig };
}
