import { meantName } from "../config/closest-name.ts";
import { isPlainObject } from "../config/code-nodes.ts";
import { isJsonSchema, type JsonSchema } from "../config/input-json-schema.ts";

/** A key that a schema drops without a word, and the one that was probably meant. */
export interface MisspeltKey {
  readonly path: readonly string[];
  readonly meant: string;
}

/**
 * Finds keys that a schema neither knows nor refuses, and that nearly are ones which it knows and which are absent.
 * A schema that keeps what it does not know means to.
 */
export function findMisspeltKeys(
  input: unknown,
  output: unknown,
  schema: JsonSchema | undefined,
  path: readonly string[] = [],
): readonly MisspeltKey[] {
  const known = schema?.["properties"];
  if (!isPlainObject(input) || !isPlainObject(output) || !isJsonSchema(known)) return [];
  const absent = Object.keys(known).filter((key) => !Object.hasOwn(input, key));
  return Object.keys(input).flatMap((key) => {
    const child = known[key];
    const here = [...path, key];
    if (isJsonSchema(child)) return findMisspeltKeys(input[key], output[key], child, here);
    const meant = Object.hasOwn(output, key) ? undefined : meantName(key, absent);
    return meant === undefined ? [] : [{ path: here, meant }];
  });
}
