import type { HttpReply } from "../http/http-reply.ts";

/** What came back. */
export interface TestResponse {
  readonly statusCode: number;
  /** Names in lower case; an array where a header has several lines. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** The body of a success: parsed when it is JSON, else as text; `undefined` when there is none. */
  readonly data: unknown;
  /** The body of a failure, from status 400 on. */
  readonly error: TestError | undefined;
}

/** What a client is told of a failure. */
export interface TestError {
  /** The problem's `detail`, else its `title`. */
  readonly message: string;
  readonly code?: string | undefined;
  /** What an error that the API declares carries. */
  readonly data?: unknown;
  /** Path and message of every fault of the params. */
  readonly errors?: readonly unknown[] | undefined;
  /** The id that the log has for it, of a failure that tells nothing else. */
  readonly id?: string | undefined;
}

/** Reads a reply to its end. */
export async function readReply({ status, headers, body }: HttpReply): Promise<TestResponse> {
  const text = body === null ? "" : await new Response(body as BodyInit).text();
  const data = parse(text, String(headers["content-type"] ?? ""));
  return status < 400
    ? { statusCode: status, headers, data, error: undefined }
    : { statusCode: status, headers, data: undefined, error: toError(data, status) };
}

function parse(text: string, contentType: string): unknown {
  if (text === "") return undefined;
  return /\bjson\b/.test(contentType) ? JSON.parse(text) : text;
}

function toError(body: unknown, status: number): TestError {
  if (typeof body !== "object" || body === null)
    return { message: typeof body === "string" ? body : `HTTP ${status}` };
  const { detail, title, code, data, errors, id } = body as Partial<Record<string, unknown>>;
  return {
    message: String(detail ?? title ?? `HTTP ${status}`),
    ...(typeof code === "string" && { code }),
    ...(data !== undefined && { data }),
    ...(Array.isArray(errors) && { errors: errors as unknown[] }),
    ...(typeof id === "string" && { id }),
  };
}
