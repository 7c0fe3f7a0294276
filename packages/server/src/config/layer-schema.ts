import { isPlainObject } from "./code-nodes.ts";
import { isJsonSchema, type JsonSchema } from "./input-json-schema.ts";

/** Text in which a variable stands, which may become anything. */
const WITH_VARIABLE: JsonSchema = { type: "string", pattern: "\\$\\{" };

const DEFINITIONS = "#/$defs/";
const SCALAR_TYPES = new Set<unknown>(["string", "number", "integer", "boolean"]);
/** What an editor shows of a value, and what constrains nothing. */
const ANNOTATIONS = new Set(["title", "description", "default", "deprecated", "examples"]);

/** What asks for several keys at once, which may come from several layers. */
const ASKS_FOR_ALL = new Set([
  ...["required", "minProperties", "dependentRequired", "dependentSchemas"],
  ...["not", "if", "then", "else", "unevaluatedProperties"],
]);
/** Other places for a schema, which the moved one no longer has. */
const PLACES = new Set(["$schema", "$id"]);
const HOLDS_ONE = new Set(["items", "contains", "additionalProperties"]);
const HOLDS_LIST = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const HOLDS_NAMED = new Set(["properties", "patternProperties"]);
/** What is under these replaces another layer's as a whole, and so has to be complete. */
const REPLACES = new Set(["items", "prefixItems", "contains"]);

/**
 * Turns the schema of a whole configuration into that of one layer: nothing is required, as another layer may give it,
 * and a variable may stand for any scalar. Its definitions are put beside it, and references follow.
 *
 * @param key What the schema is called among the definitions of the one that it becomes a part of.
 * @returns Definitions by their keys, the schema itself among them.
 */
export function toLayerSchemas(schema: JsonSchema, key: string): Readonly<Record<string, JsonSchema>> {
  const { $defs = {}, ...rest } = schema;
  const named = isJsonSchema($defs) ? Object.entries($defs) : [];
  const toReference = (reference: string) =>
    reference.startsWith(DEFINITIONS)
      ? `${DEFINITIONS}${key}.${reference.slice(DEFINITIONS.length)}`
      : `${DEFINITIONS}${key}${reference.slice(1)}`;
  const own = [key, loosen(rest, toReference, true)] as const;
  const others = named.map(([name, it]) => [
    `${key}.${name}`,
    isJsonSchema(it) ? loosen(it, toReference, true) : {},
  ]);
  return Object.fromEntries([own, ...others]);
}

function loosen(
  schema: JsonSchema,
  toReference: (reference: string) => string,
  isPartial: boolean,
): JsonSchema {
  const kept = Object.entries(schema).filter(
    ([key]) => !PLACES.has(key) && !(isPartial && ASKS_FOR_ALL.has(key)),
  );
  const loosened = kept.map(([key, value]): [string, unknown] => {
    const child = (it: unknown) =>
      isJsonSchema(it) ? loosen(it, toReference, isPartial && !REPLACES.has(key)) : it;
    if (key === "$ref" && typeof value === "string" && value.startsWith("#"))
      return [key, toReference(value)];
    if (HOLDS_ONE.has(key)) return [key, child(value)];
    // A text with a variable suits several of the alternatives.
    if (HOLDS_LIST.has(key) && Array.isArray(value))
      return [key === "oneOf" ? "anyOf" : key, value.map(child)];
    if (HOLDS_NAMED.has(key) && isPlainObject(value))
      return [key, Object.fromEntries(Object.entries(value).map(([name, it]) => [name, child(it)]))];
    return [key, value];
  });
  return allowVariable(Object.fromEntries(loosened));
}

function allowVariable(schema: JsonSchema): JsonSchema {
  const types = [schema["type"] ?? []].flat();
  const isScalar = types.some((type) => SCALAR_TYPES.has(type)) || "enum" in schema || "const" in schema;
  const constraints = Object.entries(schema).filter(([key]) => !ANNOTATIONS.has(key));
  const isAnyText = constraints.length === 1 && types.includes("string");
  if (!isScalar || isAnyText) return schema;
  const annotations = Object.entries(schema).filter(([key]) => ANNOTATIONS.has(key));
  return { ...Object.fromEntries(annotations), anyOf: [Object.fromEntries(constraints), WITH_VARIABLE] };
}
