import type { PluginClass } from "../types.ts";
import { DEFAULTS, STANDARD_STAGES } from "./check-sections.ts";
import { type JsonSchema, toInputJsonSchema } from "./input-json-schema.ts";
import { toLayerSchemas } from "./layer-schema.ts";

/**
 * The JSON Schema (2020-12) of a project's `faas.yaml` files, by which editors complete and check them.
 *
 * @param classes The classes of the plugins in use, by the names of their entries. Those whose `configSchema` is of a
 * library that can describe it (Standard JSON Schema) have their `config` described; that of others is any map.
 */
export function toConfigJsonSchema(classes: Readonly<Record<string, PluginClass>>): JsonSchema {
  const described = Object.entries(classes).map(([name, { configSchema }], index) => {
    // Not every reader decodes references: other names are left out of them.
    const key = /^[a-z\d][\w-]*$/i.test(name) ? `config-${name}` : `config--${index}`;
    const schema = toInputJsonSchema(configSchema);
    return { name, key, definitions: schema ? toLayerSchemas(schema, key) : { [key]: ANY_CONFIG } };
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "faas.yaml",
    type: ["object", "null"],
    properties: {
      $schema: { type: "string", description: "Where editors find this schema." },
      [DEFAULTS]: { ...SECTION, description: "What counts in every stage." },
      ...Object.fromEntries(
        STANDARD_STAGES.map((stage) => [
          stage,
          { ...SECTION, description: `What counts over the defaults in the stage "${stage}".` },
        ]),
      ),
    },
    additionalProperties: { ...SECTION, description: "A stage of the project's own." },
    $defs: {
      section: toMap({
        plugins: {
          ...toMap(
            Object.fromEntries(described.map(({ name, key }) => [name, toEntry({ $ref: `#/$defs/${key}` })])),
            toEntry(ANY_CONFIG),
          ),
          description: "The plugins of the functions in this folder and below, by their names.",
        },
      }),
      ...Object.assign({}, ...described.map(({ definitions }) => definitions)),
    },
  };
}

const SECTION: JsonSchema = { $ref: "#/$defs/section" };
const ANY_CONFIG: JsonSchema = { type: "object" };

/** A map with these keys alone, or with others of that kind. All of it may be commented out. */
function toMap(properties: JsonSchema, others: JsonSchema | false = false): JsonSchema {
  return { type: ["object", "null"], properties, additionalProperties: others };
}

function toEntry(config: JsonSchema): JsonSchema {
  return toMap({
    type: {
      type: "string",
      minLength: 1,
      description:
        "The plugin's module: a file such as ./plugins/auth.ts, a package, or an official plugin's name.",
    },
    config: { anyOf: [config, { type: "null" }], description: "What the plugin is given." },
    enabled: {
      anyOf: [{ type: "boolean" }, { type: "string", pattern: "\\$\\{" }],
      default: true,
      description: "false turns an inherited plugin off.",
    },
    public: {
      type: "array",
      items: { type: "string" },
      description: "Key paths of config, such as cookie.secure, that tools and logs may show.",
    },
  });
}
