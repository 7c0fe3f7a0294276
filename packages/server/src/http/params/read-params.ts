import { isThenable } from "../../func/to-step.ts";
import type { HttpEvent, HttpHeaders } from "../../types.ts";
import type { HttpSettings } from "../config/http-settings.ts";
import { assertKeys } from "./assert-keys.ts";
import { type Fields, parseFields } from "./fields.ts";
import { readBody } from "./read-body.ts";
import { isUnreadBody } from "./read-bytes.ts";

const NO_HEADERS: HttpHeaders = {};

/**
 * What an API's `params` are made of: the fields of the query and those of the body, which win. A body that has no
 * fields, such as a JSON array, stands alone.
 *
 * @returns A promise where a body has to be read first.
 * @throws HttpError 400, 408, 413 or 415 for what cannot be read.
 */
export function readParams(event: Partial<HttpEvent>, { limits, parseBody }: HttpSettings): unknown {
  const { queryString, body, headers = NO_HEADERS } = event;
  const query = queryString ? parseFields(queryString, limits.maxFields) : undefined;
  if (body === undefined || body === null || !parseBody) return query ?? {};
  if (!isUnreadBody(body)) {
    assertKeys(body);
    return query ? merge(query, body) : body;
  }
  const read = readBody(body, headers, limits);
  if (!query) return read;
  return isThenable(read) ? read.then((value) => merge(query, value)) : merge(query, read);
}

function merge(query: Fields, body: unknown): unknown {
  const hasFields = typeof body === "object" && body !== null && !Array.isArray(body);
  return hasFields ? { ...query, ...body } : body;
}
