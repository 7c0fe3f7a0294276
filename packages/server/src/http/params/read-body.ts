import { isThenable } from "../../func/to-step.ts";
import type { HttpHeaders } from "../../types.ts";
import type { BodyLimits } from "../config/http-settings.ts";
import { parseFields } from "./fields.ts";
import { inflate, toCoding } from "./inflate.ts";
import { toBodyKind } from "./media-type.ts";
import { decodeUtf8, parseJson } from "./parse-json.ts";
import { readBytes, tooLarge, type UnreadBody } from "./read-bytes.ts";

/**
 * Reads a body by its `content-type`. An empty one has no fields, whatever its type.
 *
 * @throws HttpError 400 for what is malformed, 413 for what is too large, 415 for what no parser reads.
 */
export function readBody(body: UnreadBody, headers: HttpHeaders, limits: BodyLimits): unknown {
  const length = headers["content-length"];
  if (length === "0") return {};
  const { maxBodyBytes } = limits;
  if (length !== undefined && Number(length) > maxBodyBytes) throw tooLarge(maxBodyBytes);
  const contentType = headers["content-type"];
  const kind = toBodyKind(contentType);
  // Without a length, only reading tells whether there is a body to object to.
  if (typeof kind === "object" && length !== undefined) throw kind;

  const coding = toCoding(headers["content-encoding"]);
  const bytes = coding ? inflate(body, coding, maxBodyBytes) : readBytes(body, maxBodyBytes);
  if (kind === "json") return isThenable(bytes) ? bytes.then(readJson) : readJson(bytes);

  const read = (it: Uint8Array): unknown => {
    if (it.length === 0) return {};
    if (kind === "form") return parseFields(decodeUtf8(it), limits.maxFields);
    if (kind === "multipart") return readForm(it, contentType!, limits);
    throw kind;
  };
  return isThenable(bytes) ? bytes.then(read) : read(bytes);
}

function readJson(bytes: Uint8Array): unknown {
  return bytes.length === 0 ? {} : parseJson(decodeUtf8(bytes));
}

async function readForm(bytes: Uint8Array, contentType: string, limits: BodyLimits): Promise<unknown> {
  const { parseForm } = await import("./parse-form.ts");
  return parseForm(bytes, contentType, limits);
}
