import { HttpError } from "../../errors.ts";
import { assertKeys } from "./assert-keys.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads bytes as UTF-8, without a byte order mark.
 *
 * @throws HttpError 400 `INVALID_ENCODING` for bytes that are no UTF-8.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new HttpError({
      statusCode: 400,
      code: "INVALID_ENCODING",
      message: "the body is not valid UTF-8",
    });
  }
}

/**
 * Reads JSON that may come from anyone.
 *
 * @throws HttpError 400 `MALFORMED_JSON`, and `FORBIDDEN_KEY` for keys that would reach a prototype.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine's message quotes the text, which may hold what is not for a log.
    throw new HttpError({ statusCode: 400, code: "MALFORMED_JSON", message: "the body is not valid JSON" });
  }
  // Most texts cannot hold such a key, and are spared the walk.
  if (text.includes("__proto__") || text.includes("constructor") || text.includes("\\u")) assertKeys(value);
  return value;
}
