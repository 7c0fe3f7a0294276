import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import type { ConfigShape } from "./config-shape.ts";
import { type ConfigIssue, findConfigIssues } from "./find-config-issues.ts";

/** A Standard Schema that describes itself to editors. */
export type ConfigSchema<Config> = StandardSchemaV1<Config> & StandardJSONSchemaV1<Config>;

/**
 * Makes a plugin's `static configSchema` from a shape in the notation of JSON Schema, for plugins that should not load
 * a schema library. Any Standard Schema will do in its place.
 *
 * @param check Finds what is wrong between keys, once each of them is what it should be.
 *
 * @example
 * ```ts
 * import { defineConfigSchema } from "@x/server";
 *
 * interface TenantConfig {
 *   readonly header?: string;
 * }
 *
 * export const tenantConfigSchema = defineConfigSchema<TenantConfig>({
 *   type: "object",
 *   properties: { header: { type: "string", description: "Names the tenant.", default: "x-tenant" } },
 *   additionalProperties: false,
 * });
 * ```
 */
export function defineConfigSchema<Config extends object>(
  shape: ConfigShape,
  check: (config: Config) => readonly ConfigIssue[] = () => [],
): ConfigSchema<Config> {
  // The same in every draft that has these keywords.
  const jsonSchema = () => ({ ...shape });
  return {
    "~standard": {
      version: 1,
      vendor: "x",
      validate(value) {
        const issues = findConfigIssues(shape, value);
        // What has no issue has the shape of the type.
        const config = (value ?? {}) as Config;
        const all = issues.length > 0 ? issues : check(config);
        return all.length > 0 ? { issues: all } : { value: config };
      },
      jsonSchema: { input: jsonSchema, output: jsonSchema },
    },
  };
}
