import type { PluginClass } from "@x/server";

/** A Standard Schema, as `static configSchema` takes it. */
export type ConfigSchema = NonNullable<PluginClass["configSchema"]>;

/** The part of JSON Schema that describes the configuration. */
export interface ConfigShape {
  readonly description?: string;
  readonly type?: "string" | "integer" | "boolean" | "array" | "object";
  readonly enum?: readonly (string | boolean)[];
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: ConfigShape;
  readonly properties?: Readonly<Record<string, ConfigShape>>;
  readonly additionalProperties?: boolean | ConfigShape;
  readonly anyOf?: readonly ConfigShape[];
}

/** One fault of a configuration, and the keys that lead to it. */
export interface ConfigIssue {
  readonly path: readonly string[];
  readonly message: string;
}

/** A shape as a Standard Schema that checks, and that gives editors the shape itself. */
export function toConfigSchema(vendor: string, shape: ConfigShape): ConfigSchema {
  const jsonSchema = () => ({ ...shape });
  const standard = {
    version: 1 as const,
    vendor,
    validate: (value: unknown) => {
      const issues = findIssues(shape, value);
      return issues.length === 0 ? { value } : { issues };
    },
    // The same in every draft that has these keywords.
    jsonSchema: { input: jsonSchema, output: jsonSchema },
  };
  return { "~standard": standard };
}

/** Every fault, none of which quotes a value: it may be a secret. An empty entry of YAML, which is `null`, is none. */
export function findIssues(shape: ConfigShape, value: unknown, path: readonly string[] = []): ConfigIssue[] {
  if (value === undefined || value === null) return [];
  const variants = shape.anyOf ?? [shape];
  const fitting = variants.find((variant) => fits(variant, value));
  if (!fitting) return [{ path, message: `must be ${variants.map(describe).join(" or ")}` }];
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      isNothing(item)
        ? [{ path: [...path, String(index)], message: "is empty" }]
        : findIssues(fitting.items ?? {}, item, [...path, String(index)]),
    );
  if (fitting.type !== "object") return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const inner = shapeOf(fitting, key);
    if (inner) return findIssues(inner, item, [...path, key]);
    const known = Object.keys(fitting.properties ?? {}).join(", ");
    return [{ path: [...path, key], message: `is unknown; there are ${known}` }];
  });
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

function shapeOf({ properties = {}, additionalProperties = true }: ConfigShape, key: string) {
  if (Object.hasOwn(properties, key)) return properties[key];
  return additionalProperties === true ? {} : additionalProperties || undefined;
}

function fits(shape: ConfigShape, value: unknown): boolean {
  if (shape.enum && !shape.enum.includes(value as string | boolean)) return false;
  switch (shape.type) {
    case "string":
      return typeof value === "string" && value.length >= (shape.minLength ?? 0);
    case "integer":
      return Number.isSafeInteger(value) && isWithin(shape, Number(value));
    case "boolean":
      return typeof value === "boolean";
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && !Array.isArray(value);
    default:
      return true;
  }
}

function isWithin({ minimum = -Infinity, maximum = Infinity }: ConfigShape, value: number): boolean {
  return value >= minimum && value <= maximum;
}

function describe({ type, enum: values, minLength = 0, minimum, maximum }: ConfigShape): string {
  if (values) return values.join(" or ");
  if (type === "string") return minLength > 1 ? `text of ${minLength} characters at least` : "text";
  if (type === "boolean") return "true or false";
  if (type === "array") return "a list";
  if (type === "object") return "a map";
  const from = minimum === undefined ? "" : ` from ${minimum}`;
  return `a whole number${from}${maximum === undefined ? "" : ` to ${maximum}`}`;
}
