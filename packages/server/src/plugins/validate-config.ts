import type { StandardSchemaV1 } from "@standard-schema/spec";
import { didYouMean } from "../config/closest-name.ts";
import { type ConfigNode, faultAt, type MapNode } from "../config/config-node.ts";
import { isJsonSchema, type JsonSchema, toInputJsonSchema } from "../config/input-json-schema.ts";
import { scrub } from "../config/scrub.ts";
import { valueAt } from "../config/value-at.ts";
import type { Fault } from "../errors.ts";
import { findMisspeltKeys } from "./find-misspelt-keys.ts";

/** What a schema makes of a plugin's configuration, or everything that is wrong with it. */
export type Validation =
  { readonly output: unknown; readonly faults?: undefined } | { readonly faults: readonly Fault[] };

/** What is validated, and what faults are told by. */
export interface ValidateOptions {
  readonly input: unknown;
  /** The plugin's entry, for the places of faults. */
  readonly node: MapNode;
  /** The texts that no fault of the value at these keys may hold. */
  hidden(value: unknown, path: readonly string[]): readonly string[];
}

/** Checks a plugin's configuration. Rejects only with what the schema throws. */
export async function validateConfig(
  schema: StandardSchemaV1,
  options: ValidateOptions,
): Promise<Validation> {
  const { input, node } = options;
  const result = await schema["~standard"].validate(input);
  const json = toInputJsonSchema(schema);
  if (result.issues) return { faults: result.issues.flatMap((issue) => toFaults(issue, json, options)) };
  const misspelt = findMisspeltKeys(input, result.value, json);
  if (misspelt.length === 0) return { output: result.value };
  return {
    faults: misspelt.map(({ path, meant }) =>
      placeFault(node, path, `"${path.at(-1)}" is not known to the plugin. Did you mean "${meant}"?`),
    ),
  };
}

function toFaults(
  issue: StandardSchemaV1.Issue,
  json: JsonSchema | undefined,
  { input, node, hidden }: ValidateOptions,
): readonly Fault[] {
  const path = (issue.path ?? []).map((part) => String(typeof part === "object" ? part.key : part));
  const unknown = unknownKeysOf(issue);
  if (unknown.length > 0)
    return unknown.map((key) => {
      const hint = didYouMean(key, knownKeys(json, path));
      return placeFault(node, [...path, key], `"${key}" is not known to the plugin.${hint}`);
    });
  // Some libraries quote what they refuse.
  const message = scrub(issue.message, hidden(valueAt(input, path)?.value, path));
  const known = knownKeys(json, path.slice(0, -1));
  const key = path.at(-1);
  const hint = key !== undefined && known.length > 0 && !known.includes(key) ? didYouMean(key, known) : "";
  return [placeFault(node, path, hint === "" ? message : `${message}.${hint}`)];
}

/** The fault of a key of `config`, at its place or that of the last of its parents that stands somewhere. */
function placeFault(entry: MapNode, path: readonly string[], message: string): Fault {
  let node: ConfigNode = entry;
  for (const key of ["config", ...path]) {
    const child: ConfigNode | undefined =
      node.kind === "map"
        ? node.entries.get(key)
        : node.kind === "list"
          ? node.items[Number(key)]
          : undefined;
    if (!child) break;
    node = child;
  }
  const section = node.key.keyPath.slice(0, node.key.source === "file" ? 1 : 0);
  const name = entry.key.keyPath.at(-1)!;
  return faultAt({ ...node.key, keyPath: [...section, "plugins", name, "config", ...path] }, message);
}

/** Libraries that tell all unknown keys of a map in one issue list them beside its message. */
function unknownKeysOf(issue: StandardSchemaV1.Issue): readonly string[] {
  if (!("code" in issue && issue.code === "unrecognized_keys" && "keys" in issue)) return [];
  return Array.isArray(issue.keys) ? issue.keys.map(String) : [];
}

function knownKeys(json: JsonSchema | undefined, path: readonly string[]): readonly string[] {
  let schema: unknown = json;
  for (const key of path) {
    const properties = isJsonSchema(schema) ? schema["properties"] : undefined;
    schema = isJsonSchema(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
  }
  const properties = isJsonSchema(schema) ? schema["properties"] : undefined;
  return isJsonSchema(properties) ? Object.keys(properties) : [];
}
