import type { HttpErrorCode } from "../errors.ts";

/** What the server itself tells clients. */
const OF_THE_SERVER: Readonly<Record<HttpErrorCode, true>> = {
  INVALID_PARAMS: true,
  MALFORMED_JSON: true,
  MALFORMED_BODY: true,
  INVALID_ENCODING: true,
  INVALID_URL: true,
  FORBIDDEN_KEY: true,
  CLIENT_GONE: true,
  METHOD_NOT_ALLOWED: true,
  BODY_TIMEOUT: true,
  CONTRACT_CHANGED: true,
  BODY_TOO_LARGE: true,
  FILE_TOO_LARGE: true,
  TOO_MANY_FIELDS: true,
  TOO_MANY_FILES: true,
  UNSUPPORTED_MEDIA_TYPE: true,
  NOT_READY: true,
  REQUEST_TIMEOUT: true,
  CLOSING: true,
};

/** What a client says of its own, by the same `error.code`. */
const OF_THE_CLIENT: ReadonlySet<string> = new Set([
  "HTTP_ERROR",
  "NETWORK_ERROR",
  "TIMEOUT",
  "ABORTED",
  "INVALID_JSON",
  "RESPONSE_TOO_LARGE",
  "INVALID_BODY",
  "INVALID_QUERY",
  "MISSING_PARAM",
  "INVALID_PARAM",
  "HEADERS_FAILED",
  "PLUGIN_THREW",
  "INVALID_RESPONSE",
  "IDENTITY_CHANGED",
  "CONNECTION_LOST",
  "CLIENT_DISPOSED",
  "CONTRACT_SKEW",
  "AFTER_RESPONSE_THREW",
  "LIFECYCLE_THREW",
  "LISTENER_THREW",
  "CLEANUP_THREW",
  "OPTION_THREW",
  "INVALID_MESSAGE",
  "IDENTITY_FAILED",
  "IDENTITY_MISMATCH",
  "INVALID_BASE_URL",
  "SETUP_THREW",
  "METHOD_TAKEN",
  "INVALID_OPTION",
  "DUPLICATE_ID",
  "NO_REQUEST",
  "CIRCULAR_INTERNAL",
  "SECOND_SCOPE",
]);

/** Tells codes that mean the same whatever the API, and are not for an API to declare. */
export function isReservedCode(code: string): boolean {
  return Object.hasOwn(OF_THE_SERVER, code) || OF_THE_CLIENT.has(code);
}
