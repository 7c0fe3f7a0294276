import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { ObjectShape, Shape, TextShape } from "./shape.ts";

/** One fault, and the keys that lead to it. Of unknown keys it lists all that one object has. */
export interface ConfigIssue extends StandardSchemaV1.Issue {
  readonly path: readonly string[];
  readonly code?: "unrecognized_keys";
  readonly keys?: readonly string[];
}

/** Everything about a value that its shape does not allow. No message quotes the value, which may be a secret. */
export function findIssues(
  value: unknown,
  shape: Shape,
  path: readonly string[] = [],
): readonly ConfigIssue[] {
  const message = findFault(value, shape);
  if (message !== undefined) return [{ path, message }];
  // An array where an object may stand as well is judged as an array.
  if ("anyOf" in shape) return findIssues(value, closest(value, shape.anyOf), path);
  if (shape.type === "object")
    return findIssuesInside(value as Readonly<Record<string, unknown>>, shape, path);
  if (shape.type !== "array") return [];
  return (value as readonly unknown[]).flatMap((item, index) =>
    findIssues(item, shape.items, [...path, String(index)]),
  );
}

function findIssuesInside(
  value: Readonly<Record<string, unknown>>,
  { properties, required = [] }: ObjectShape,
  path: readonly string[],
): readonly ConfigIssue[] {
  const keys = Object.keys(value).filter((key) => !Object.hasOwn(properties, key));
  const message = `unknown: ${keys.map((key) => `"${key}"`).join(", ")}`;
  const unknown: ConfigIssue[] = keys.length > 0 ? [{ path, message, code: "unrecognized_keys", keys }] : [];
  const missing = required
    .filter((key) => isAbsent(value[key]))
    .map((key) => ({ path, message: `"${key}" is missing` }));
  const inside = Object.entries(properties).flatMap(([key, shape]) =>
    // In YAML a key with nothing behind it is `null`.
    isAbsent(value[key]) ? [] : findIssues(value[key], shape, [...path, key]),
  );
  return [...unknown, ...missing, ...inside];
}

/** What is wrong with the value itself, whatever is inside of it. */
function findFault(value: unknown, shape: Shape): string | undefined {
  if ("anyOf" in shape) return findFault(value, closest(value, shape.anyOf));
  if (typeOf(value) !== shape.type && !(shape.type === "integer" && Number.isInteger(value)))
    return `must be ${NAMES[shape.type]}`;
  if (shape.type === "string") return findTextFault(value as string, shape);
  if (shape.type === "integer" && (value as number) < shape.minimum)
    return `must be at least ${shape.minimum}`;
  if (shape.type === "array" && (value as readonly unknown[]).length < (shape.minItems ?? 0))
    return `must have at least ${shape.minItems} entry`;
  return undefined;
}

function findTextFault(value: string, shape: TextShape): string | undefined {
  if (shape.enum && !shape.enum.includes(value)) return `must be one of ${shape.enum.join(", ")}`;
  if (shape.const !== undefined && value !== shape.const) return `must be ${shape.const}, or a list`;
  if (value.length < (shape.minLength ?? 0)) return `must have at least ${shape.minLength} characters`;
  if (shape.pattern && !new RegExp(shape.pattern).test(value)) return shape.patternErrorMessage;
  return undefined;
}

const NAMES = {
  object: "a map",
  array: "a list",
  string: "text",
  integer: "a whole number",
  boolean: "true or false",
} as const;

function closest(value: unknown, shapes: readonly Shape[]): Shape {
  return shapes.find((shape) => "type" in shape && shape.type === typeOf(value)) ?? shapes.at(-1)!;
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
