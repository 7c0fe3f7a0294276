import type { StandardJSONSchemaV1 } from "@standard-schema/spec";

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema of what a Standard Schema takes, where its library can tell it. */
export function toInputJsonSchema(schema: unknown): JsonSchema | undefined {
  if (!isStandardJsonSchema(schema)) return undefined;
  try {
    return schema["~standard"].jsonSchema.input({ target: "draft-2020-12" });
  } catch {
    // Not everything that can be checked can be described.
    return undefined;
  }
}

/** Tells a part of a JSON Schema that says something from `true`, `false` and what is no schema. */
export function isJsonSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStandardJsonSchema(value: unknown): value is StandardJSONSchemaV1 {
  // A schema may be a function, as ArkType's are.
  if ((typeof value !== "object" && typeof value !== "function") || value === null || !("~standard" in value))
    return false;
  const standard = value["~standard"];
  return typeof standard === "object" && standard !== null && "jsonSchema" in standard;
}
