import { HttpError } from "../../errors.ts";

/** The parsers there are. */
export type BodyKind = "json" | "form" | "multipart";

const PARAMETER = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;]*)/g;

/** Tells which parser a `content-type` asks for, or with which error the request ends. */
export function toBodyKind(contentType: string | undefined): BodyKind | HttpError {
  if (contentType === "application/json") return "json";
  if (contentType === undefined) return unsupported("the body has no content-type");
  const kind = kindOf(mediaTypeOf(contentType));
  if (!kind) return unsupported("the content-type is none that this API reads: send JSON or a form");
  const charset = parameterOf(contentType, "charset")?.toLowerCase() ?? "utf-8";
  return charset === "utf-8" || charset === "utf8"
    ? kind
    : unsupported("the charset of a body must be utf-8");
}

/** The type without its parameters, in lower case. */
export function mediaTypeOf(contentType: string): string {
  return contentType.split(";", 1)[0]!.trim().toLowerCase();
}

/** Tells JSON and what is built on it, such as `application/problem+json`. */
export function isJsonType(mediaType: string): boolean {
  return mediaType === "application/json" || /^[\w.-]+\/[\w.+-]*\+json$/.test(mediaType);
}

/** One parameter of a header such as `content-type`, without its quotes. */
export function parameterOf(header: string, name: string): string | undefined {
  for (const [, key, value] of header.matchAll(PARAMETER))
    if (key!.toLowerCase() === name)
      return value!.startsWith('"') ? value!.slice(1, -1).replaceAll(/\\(["\\])/g, "$1") : value;
  return undefined;
}

export function unsupported(message: string, headers: Readonly<Record<string, string>> = {}): HttpError {
  return new HttpError({ statusCode: 415, code: "UNSUPPORTED_MEDIA_TYPE", message, headers });
}

function kindOf(mediaType: string): BodyKind | undefined {
  if (isJsonType(mediaType)) return "json";
  if (mediaType === "application/x-www-form-urlencoded") return "form";
  return mediaType === "multipart/form-data" ? "multipart" : undefined;
}
