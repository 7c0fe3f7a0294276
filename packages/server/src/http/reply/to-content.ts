import { ServerError } from "../../errors.ts";
import { isJsonType, mediaTypeOf } from "../params/media-type.ts";
import type { ReplyBody } from "./reply-draft.ts";
import { toJson } from "./to-json.ts";

/** What becomes the body of a reply, and what is known of it. */
export interface Content {
  readonly body: string | Uint8Array | ByteSource | null;
  /** Its type, unless something else was said. */
  readonly type?: string | undefined;
  /** The number of bytes, where a stream's is known. */
  readonly length?: number | undefined;
  /** What a web `Response` brings along. */
  readonly response?: Response | undefined;
}

/** What gives bytes or text over time. */
export type ByteSource = ReadableStream<unknown> | AsyncIterable<unknown>;

const NO_CONTENT: Content = { body: null };

const BYTES = "application/octet-stream";

/** Tells values that are JSON for sure, which nearly all are, at the least cost. */
export function isPlainJson(value: unknown): boolean {
  if (typeof value !== "object")
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  if (value === null || Array.isArray(value)) return true;
  return Object.getPrototypeOf(value) === Object.prototype && !(Symbol.asyncIterator in value);
}

/** What a plugin or the handler has given to `setBody`. */
export function toSetContent(body: ReplyBody): Content {
  if (body === null) return NO_CONTENT;
  return { body, type: typeof body === "string" ? "text/plain; charset=utf-8" : BYTES };
}

/**
 * What the response's value becomes: nothing for `undefined`, bytes and streams as they are, JSON for everything else.
 * A text is JSON too, unless `contentType` says that it is something else.
 *
 * @throws ServerError `INVALID_REPLY` for what none of this can be made of.
 */
export function toContent(value: unknown, contentType: string | undefined): Content {
  if (value === undefined) return NO_CONTENT;
  if (typeof value === "string" && contentType !== undefined && !isJsonType(mediaTypeOf(contentType)))
    return { body: value };
  if (typeof value === "object" && value !== null && !isPlainJson(value)) {
    const content = toBinaryContent(value);
    if (content) return content;
  }
  return { body: toJson(value), type: "application/json" };
}

function toBinaryContent(value: object): Content | undefined {
  if (value instanceof Uint8Array) return { body: value, type: BYTES };
  if (value instanceof ArrayBuffer) return { body: new Uint8Array(value), type: BYTES };
  if (ArrayBuffer.isView(value))
    return { body: new Uint8Array(value.buffer, value.byteOffset, value.byteLength), type: BYTES };
  if (value instanceof Blob) return { body: value.stream(), type: value.type || BYTES, length: value.size };
  if (isResponse(value)) return toResponseContent(value);
  if (value instanceof ReadableStream) return { body: toUnlocked(value), type: BYTES };
  // Node's own streams among them.
  return Symbol.asyncIterator in value ? { body: value as AsyncIterable<unknown>, type: BYTES } : undefined;
}

/** Tells a web response, also that of another implementation than the runtime's. */
function isResponse(value: object): value is Response {
  return (
    value instanceof Response || (Symbol.toStringTag in value && value[Symbol.toStringTag] === "Response")
  );
}

function toResponseContent(response: Response): Content {
  const { status, body, bodyUsed } = response;
  if (status < 200 || status > 599)
    throw new ServerError("INVALID_REPLY", `a Response with status ${status} is no reply`);
  if (bodyUsed)
    throw new ServerError("INVALID_REPLY", "the body of the Response has been read already: return a clone");
  return { body: body && toUnlocked(body), response };
}

function toUnlocked(stream: ReadableStream<unknown>): ReadableStream<unknown> {
  if (!stream.locked) return stream;
  throw new ServerError("INVALID_REPLY", "the stream is locked: somebody else reads it");
}
