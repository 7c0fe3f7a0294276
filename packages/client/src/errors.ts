/**
 * The codes that plugins add, as keys: `declare module "@x/client" { interface ClientErrorCodeRegistry { TOO_BUSY: true } }`.
 */
// oxlint-disable-next-line typescript/no-empty-interface -- open for augmentation
export interface ClientErrorCodeRegistry {}

/** What requests settle with by themselves: no server may speak for the client. */
export const REQUEST_CODES = [
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
] as const;

/** What went wrong, stable across releases. The README lists when each happens and how to mend it. */
export type ClientErrorCode =
  | (typeof REQUEST_CODES)[number]
  // These are reported to `onError`; no request fails over them.
  | "AFTER_RESPONSE_THREW"
  | "LIFECYCLE_THREW"
  | "LISTENER_THREW"
  | "CLEANUP_THREW"
  | "OPTION_THREW"
  | "INVALID_MESSAGE"
  | "IDENTITY_FAILED"
  | "IDENTITY_MISMATCH"
  // These are thrown where the mistake is made.
  | "INVALID_BASE_URL"
  | "SETUP_THREW"
  | "METHOD_TAKEN"
  | "INVALID_OPTION"
  | "DUPLICATE_ID"
  | "NO_REQUEST"
  | "CIRCULAR_INTERNAL"
  | "SECOND_SCOPE"
  | keyof ClientErrorCodeRegistry;

/** What a `ClientError` can tell beside its code and message. */
export interface ClientErrorDetails<Body = unknown> {
  /** What the error tells in its own terms: for an error that an API declares, what that declares of it. */
  readonly data?: unknown;
  /** The response's status, when there was a response. */
  readonly status?: number | undefined;
  /** The response's parsed body, when there was one. */
  readonly body?: Body | undefined;
  /** The plugin to blame. */
  readonly plugin?: string | undefined;
  /** What was thrown underneath. */
  readonly cause?: unknown;
}

/** Why a request failed, or what a plugin did wrong. */
export class ClientError<Body = unknown> extends Error {
  override readonly name = "ClientError";
  declare readonly code: ClientErrorCode;
  /** What the API declares of an error of its own, or what a plugin tells beside the code. */
  declare readonly data: unknown;
  declare readonly status: number | undefined;
  declare readonly body: Body | undefined;
  declare readonly plugin: string | undefined;

  constructor(code: ClientErrorCode, message: string, details: ClientErrorDetails<Body> = {}) {
    // Of all these `Error` takes the cause, if there is one.
    super(message, details);
    this.code = code;
    this.data = details.data;
    this.status = details.status;
    this.body = details.body;
    this.plugin = details.plugin;
  }
}

/** A `ClientError` with a code that the server's API declares, and the data that it declares for it. */
export interface DeclaredError<Code extends string = string, Data = unknown, Body = unknown> extends Omit<
  ClientError<Body>,
  "code" | "data"
> {
  readonly code: Code;
  readonly data: Data;
}

/**
 * Why a request failed, whatever it was: for what shows or logs the failures of any endpoint. Every `ErrorOf` is one.
 *
 * @example
 * ```ts
 * import { createClient, type RequestError } from "@x/client";
 *
 * function describe({ code, status, message }: RequestError): string {
 *   return code === "NETWORK_ERROR" ? "Is the network there?" : `${message} (${status ?? code})`;
 * }
 *
 * const { error } = await createClient({ baseUrl: "/api" }).get("posts");
 * if (error) console.log(describe(error));
 * ```
 */
export type RequestError<Body = unknown> = ClientError<Body> | DeclaredError<string, unknown, Body>;

/** Tells a `ClientError`, also one that another copy of this package made. */
export function isClientError(value: unknown): value is ClientError {
  return value instanceof Error && value.name === "ClientError" && "code" in value;
}

/** What whatever was thrown says of itself. Not every value can be made into text. */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown);
  } catch {
    return "it has no text";
  }
}
