import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { ConfigShape } from "./config-shape.ts";

/** One fault of a plugin's configuration, and the keys that lead to it. It quotes no value, which may be a secret. */
export interface ConfigIssue extends StandardSchemaV1.Issue {
  readonly path: readonly string[];
  /** Of unknown keys it lists all that one map has, so that the loader can say what was meant. */
  readonly code?: "unrecognized_keys";
  readonly keys?: readonly string[];
}

/** Everything about a value that its shape does not allow. An empty entry of YAML, which is `null`, is as if absent. */
export function findConfigIssues(
  shape: ConfigShape,
  value: unknown,
  path: readonly string[] = [],
): ConfigIssue[] {
  if (isAbsent(value)) return [];
  const variant = toVariant(shape, value);
  if (variant === undefined) return [{ path, message: `must be ${shape.anyOf!.map(describe).join(" or ")}` }];
  const message = findFault(variant, value);
  if (message !== undefined) return [{ path, message }];
  if (Array.isArray(value))
    return value.flatMap((item, index) => findInItem(variant, item, [...path, `${index}`]));
  return variant.type === "object"
    ? findInMap(variant, value as Readonly<Record<string, unknown>>, path)
    : [];
}

/** The alternative that a value is judged by: one that it fits, else one whose entries can be looked at. */
function toVariant(shape: ConfigShape, value: unknown): ConfigShape | undefined {
  const { anyOf } = shape;
  if (!anyOf) return shape;
  return (
    anyOf.find((variant) => findFault(variant, value) === undefined) ??
    anyOf.find((variant) => typeof value === "object" && variant.type === typeOf(value))
  );
}

function findInItem({ items = {} }: ConfigShape, item: unknown, path: readonly string[]): ConfigIssue[] {
  return isAbsent(item) ? [{ path, message: "is empty" }] : findConfigIssues(items, item, path);
}

function findInMap(
  { properties = {}, additionalProperties = {}, required = [] }: ConfigShape,
  map: Readonly<Record<string, unknown>>,
  path: readonly string[],
): ConfigIssue[] {
  const shapeOf = (key: string) => (Object.hasOwn(properties, key) ? properties[key] : additionalProperties);
  const keys = Object.keys(map).filter((key) => shapeOf(key) === false);
  const message = `unknown: ${keys.map((key) => `"${key}"`).join(", ")}`;
  const unknown: ConfigIssue[] = keys.length > 0 ? [{ path, message, code: "unrecognized_keys", keys }] : [];
  const missing = required
    .filter((key) => isAbsent(map[key]))
    .map((key) => ({ path, message: `"${key}" is missing` }));
  // In the order of the shape, whatever that of the map is. What is unknown has been told of.
  const known = new Set([...Object.keys(properties), ...Object.keys(map)]);
  const inside = [...known].flatMap((key) => findConfigIssues(shapeOf(key) || {}, map[key], [...path, key]));
  return [...unknown, ...missing, ...inside];
}

/** What is wrong with the value itself, whatever is inside of it. */
function findFault(shape: ConfigShape, value: unknown): string | undefined {
  const { type, minimum = -Infinity, maximum = Infinity, minItems = 0 } = shape;
  const isOfType =
    type === undefined || (type === "integer" ? Number.isSafeInteger(value) : typeOf(value) === type);
  // A list's and a text's own limits can be told apart from a wrong type.
  if (!isOfType) return `must be ${describe(shape)}`;
  if (shape.enum && !shape.enum.includes(value as string | boolean)) return `must be ${describe(shape)}`;
  if (type === "integer" && !(Number(value) >= minimum && Number(value) <= maximum))
    return `must be ${describe(shape)}`;
  if (Array.isArray(value) && value.length < minItems) return `must have at least ${minItems} entry`;
  return type === "string" ? findTextFault(shape, String(value)) : undefined;
}

function findTextFault(shape: ConfigShape, text: string): string | undefined {
  if (text.length < (shape.minLength ?? 0)) return `must be ${describe(shape)}`;
  if (shape.pattern === undefined || new RegExp(shape.pattern).test(text)) return undefined;
  return shape.patternErrorMessage ?? `must fit ${shape.pattern}`;
}

function describe({ type, enum: values, minLength = 0, minimum, maximum }: ConfigShape): string {
  if (values) return values.length > 1 ? `one of ${values.join(", ")}` : String(values[0]);
  switch (type) {
    case "string":
      return minLength > 1 ? `text of ${minLength} characters at least` : "text";
    case "boolean":
      return "true or false";
    case "array":
      return "a list";
    case "object":
      return "a map";
    default: {
      const from = minimum === undefined ? "" : ` from ${minimum}`;
      return `a whole number${from}${maximum === undefined ? "" : ` to ${maximum}`}`;
    }
  }
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}
