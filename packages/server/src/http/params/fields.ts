import { HttpError } from "../../errors.ts";
import { forbiddenKey } from "./assert-keys.ts";

/** Values by name, as queries and forms have them. */
export type Fields = Record<string, unknown>;

/**
 * Reads a query, or a form in the same notation, as `URLSearchParams` does: nothing in it is malformed.
 *
 * @throws HttpError 400 `FORBIDDEN_KEY` and 413 `TOO_MANY_FIELDS`.
 */
export function parseFields(text: string, maxFields: number): Fields {
  const fields: Fields = {};
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++count > maxFields) throw tooManyFields(maxFields);
    addField(fields, name, value);
  }
  return fields;
}

/** Adds one field. What came before under its name stays, in an array. */
export function addField(fields: Fields, name: string, value: unknown): void {
  if (name === "__proto__") throw forbiddenKey();
  if (!Object.hasOwn(fields, name)) fields[name] = value;
  else if (Array.isArray(fields[name])) fields[name].push(value);
  else fields[name] = [fields[name], value];
}

export function tooManyFields(maxFields: number): HttpError {
  return new HttpError({
    statusCode: 413,
    code: "TOO_MANY_FIELDS",
    message: `the request has more than ${maxFields} fields`,
  });
}
