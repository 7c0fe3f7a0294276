/**
 * The codes that plugins add, as keys: `declare module "@x/server" { interface ServerErrorCodeRegistry { KEYS_MISSING: true } }`.
 */
// oxlint-disable-next-line typescript/no-empty-interface -- open for augmentation
export interface ServerErrorCodeRegistry {}

/** What went wrong, stable across releases. The README lists when each happens and how to mend it. */
export type ServerErrorCode =
  // Mistakes in a Func or a plugin, thrown where they are made or at mount.
  | "INVALID_FUNC"
  | "INVALID_PLUGIN"
  | "DUPLICATE_PLUGIN"
  | "PLUGINS_SEALED"
  | "MOUNT_TIMEOUT"
  | "MOUNT_REENTERED"
  | "MOUNT_INCOMPLETE"
  | "FUNC_CLOSED"
  | "CLOSE_FAILED"
  // A plugin that configuration names.
  | "UNKNOWN_PLUGIN_TYPE"
  | "PLUGIN_NOT_FOUND"
  | "INVALID_PLUGIN_MODULE"
  | "PLUGIN_LOAD_FAILED"
  | "PLUGIN_NAME_MISMATCH"
  | "PLUGIN_CONFIG_CONFLICT"
  // Configuration: one error that lists every fault.
  | "INVALID_CONFIG"
  // HTTP and the app.
  | "INVALID_APP"
  | "INVALID_API"
  | "INVALID_ROOT"
  | "INVALID_CONTRACT"
  | "DUPLICATE_ROUTE"
  | "APP_CLOSED"
  | "MOUNT_FAILED"
  | "PORT_IN_USE"
  | "LISTEN_FAILED"
  | "SESSION_SECRET_MISSING"
  | "SESSION_TOO_LARGE"
  | "INVALID_REPLY"
  | keyof ServerErrorCodeRegistry;

/** What a `ServerError` can tell beside its code and message. */
export interface ServerErrorDetails {
  /** Names of the plugins to blame. */
  readonly plugins?: readonly string[] | undefined;
  /** Every fault, where one error stands for several. */
  readonly faults?: readonly Fault[] | undefined;
  /** What was thrown underneath. */
  readonly cause?: unknown;
}

/** One thing that is wrong with a file, and where it stands. */
export interface Fault {
  readonly message: string;
  /** Absolute path. */
  readonly file?: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
  /** From 1. */
  readonly column?: number | undefined;
  /** The keys that lead to it, such as `["defaults", "plugins", "auth"]`. */
  readonly keyPath?: readonly string[] | undefined;
}

/** What a user of the server did wrong, or what its surroundings lack. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly code: ServerErrorCode;
  readonly plugins: readonly string[];
  readonly faults: readonly Fault[];

  constructor(code: ServerErrorCode, message: string, details: ServerErrorDetails = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.plugins = details.plugins ?? [];
    this.faults = details.faults ?? [];
  }
}

/** Tells a `ServerError`, also one that another copy of this package made. */
export function isServerError(value: unknown): value is ServerError {
  return value instanceof Error && value.name === "ServerError" && "code" in value;
}

/** The codes of what the server itself tells clients. Handlers and plugins have codes of their own beside them. */
export type HttpErrorCode =
  // 400
  | "INVALID_PARAMS"
  | "MALFORMED_JSON"
  | "MALFORMED_BODY"
  | "INVALID_ENCODING"
  | "INVALID_URL"
  | "FORBIDDEN_KEY"
  // Nobody reads this one: it ends what waits for the rest of a body.
  | "CLIENT_GONE"
  // 405, 408
  | "METHOD_NOT_ALLOWED"
  | "BODY_TIMEOUT"
  // 412
  | "CONTRACT_CHANGED"
  // 413
  | "BODY_TOO_LARGE"
  | "FILE_TOO_LARGE"
  | "TOO_MANY_FIELDS"
  | "TOO_MANY_FILES"
  // 415
  | "UNSUPPORTED_MEDIA_TYPE"
  // 503
  | "NOT_READY"
  | "REQUEST_TIMEOUT"
  | "CLOSING";

/** What an `HttpError` is made of. */
export interface HttpErrorOptions {
  /** From 400 to 599. Default: 500. */
  readonly statusCode?: number | undefined;
  /** What the client reads. Default: the status's standard text. */
  readonly message?: string | undefined;
  /** Stable text for programs, such as `OUT_OF_STOCK`. */
  readonly code?: HttpErrorCode | (string & {}) | undefined;
  /** Sent with the response. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as `errors` of the response's body. Only what the client may see. */
  readonly errors?: readonly unknown[] | undefined;
  /** What was thrown underneath. It is logged and never sent. */
  readonly cause?: unknown;
}

/**
 * A failure whose status and message the client is told. Everything else that is thrown leaves as a 500 that tells
 * nothing.
 *
 * @example
 * ```ts
 * import { HttpError } from "@x/server";
 *
 * throw new HttpError({ statusCode: 404, message: "no such order" });
 * ```
 */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly statusCode: number;
  readonly code: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly unknown[] | undefined;

  constructor(options: HttpErrorOptions = {}) {
    const { statusCode = 500, message = `HTTP ${statusCode}`, code, headers = {}, errors } = options;
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.statusCode = statusCode;
    this.code = code;
    this.headers = headers;
    this.errors = errors;
  }
}

/** Tells an `HttpError`, also one that another copy of this package made. */
export function isHttpError(value: unknown): value is HttpError {
  return value instanceof Error && value.name === "HttpError" && "statusCode" in value;
}

/** What whatever was thrown says of itself. Not every value can be made into text. */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown);
  } catch {
    return "what was thrown has no text";
  }
}
