import { MaxPartsExceededError, type MultipartPart, parseMultipart } from "@remix-run/multipart-parser";
import { HttpError } from "../../errors.ts";
import type { BodyLimits } from "../config/http-settings.ts";
import { addField, type Fields, tooManyFields } from "./fields.ts";
import { parameterOf } from "./media-type.ts";

/** RFC 2046 allows no more. */
const MAX_BOUNDARY_LENGTH = 70;

/**
 * Reads a multipart form. Files are web `File`s in memory, under the last part of the name that the client gave them;
 * a file input that was left empty is not there.
 *
 * @throws HttpError 400 `MALFORMED_BODY` and `FORBIDDEN_KEY`; 413 `TOO_MANY_FIELDS`, `TOO_MANY_FILES`, `FILE_TOO_LARGE`.
 */
export function parseForm(bytes: Uint8Array, contentType: string, limits: BodyLimits): Fields {
  const boundary = parameterOf(contentType, "boundary");
  if (!boundary || boundary.length > MAX_BOUNDARY_LENGTH) throw malformed("no boundary that is valid");
  const { maxFields, maxFiles, maxFileBytes } = limits;
  const fields: Fields = {};
  let fieldCount = 0;
  let fileCount = 0;
  // Sizes are counted here and have been counted before: the parser need not.
  const options = {
    boundary,
    maxFileSize: Infinity,
    maxTotalSize: Infinity,
    maxParts: maxFields + maxFiles,
  };
  try {
    // All bytes at once: this parser takes amiss a last line break that arrives by itself.
    for (const part of parseMultipart(bytes, options)) {
      const { name, fileName } = readDisposition(part);
      if (fileName === undefined) {
        if (++fieldCount > maxFields) throw tooManyFields(maxFields);
        addField(fields, name, part.text);
        continue;
      }
      if (fileName === "" && part.size === 0) continue;
      if (++fileCount > maxFiles) throw tooMuch("TOO_MANY_FILES", `more than ${maxFiles} files`);
      if (part.size > maxFileBytes)
        throw tooMuch("FILE_TOO_LARGE", `a file of more than ${maxFileBytes} bytes`);
      addField(fields, name, toFile(part, fileName));
    }
  } catch (error) {
    throw toHttpError(error, limits);
  }
  return fields;
}

function readDisposition({ headers }: MultipartPart): { name: string; fileName: string | undefined } {
  const disposition = headers["content-disposition"] ?? "";
  const name = parameterOf(disposition, "name");
  if (name === undefined) throw malformed("a part without a name");
  const given = parameterOf(disposition, "filename");
  // Browsers of old send the whole path, and others send what leads elsewhere.
  return { name: unescape(name), fileName: given && unescape(given).split(/[/\\]/).at(-1) };
}

/** Browsers write the three characters that would end a name as their codes. */
function unescape(text: string): string {
  return text.replaceAll("%22", '"').replaceAll("%0D", "\r").replaceAll("%0A", "\n");
}

function toFile(part: MultipartPart, fileName: string): File {
  const type = part.headers["content-type"] ?? "application/octet-stream";
  // Made by the parser from an array buffer of its own.
  return new File([part.bytes as Uint8Array<ArrayBuffer>], fileName, { type });
}

function toHttpError(error: unknown, { maxFields, maxFiles }: BodyLimits): unknown {
  if (error instanceof HttpError) return error;
  if (error instanceof MaxPartsExceededError) return tooManyFields(maxFields + maxFiles);
  return malformed("bytes that are no valid multipart form", error);
}

function malformed(what: string, cause?: unknown): HttpError {
  return new HttpError({ statusCode: 400, code: "MALFORMED_BODY", message: `the body has ${what}`, cause });
}

function tooMuch(code: string, message: string): HttpError {
  return new HttpError({ statusCode: 413, code, message: `the body has ${message}` });
}
