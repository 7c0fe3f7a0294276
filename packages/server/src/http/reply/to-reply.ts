import type { HttpReply } from "../http-reply.ts";
import { isJsonType, mediaTypeOf } from "../params/media-type.ts";
import { toByteLength } from "./byte-length.ts";
import { createHeaders, type HeaderRecord, isContentHeader, isHopByHop } from "./header-rules.ts";
import type { ReplyDraft } from "./reply-draft.ts";
import { toByteStream } from "./to-byte-stream.ts";
import { type Content, toContent, toSetContent } from "./to-content.ts";
import { toJson } from "./to-json.ts";

/** A value as JSON, for replies of which nothing else was said. */
export function toJsonReply(value: unknown): HttpReply {
  const body = toJson(value);
  return {
    status: 200,
    headers: { "content-type": "application/json", "content-length": `${toByteLength(body)}` },
    body,
  };
}

/**
 * The reply of a value and of what was said beside it. What plugins and the handler have set wins over what the value
 * brings along.
 *
 * @throws ServerError `INVALID_REPLY`.
 */
export function toReply(
  value: unknown,
  draft: ReplyDraft,
  onStreamFailure: (error: unknown) => void,
): HttpReply {
  const content =
    draft.body === undefined
      ? toContent(value, draft.headers["content-type"]?.toString())
      : toSetContent(draft.body);
  const { response } = content;
  const headers = response ? toHeaders(response) : createHeaders();
  if (content.type !== undefined) headers["content-type"] = content.type;
  applyDraft(headers, draft);
  // Of JSON, browsers make nothing else; of other types they would, and run what somebody has uploaded.
  if (!response && isSniffed(headers["content-type"]) && !("x-content-type-options" in draft.headers))
    headers["x-content-type-options"] = "nosniff";

  const status = draft.status ?? response?.status ?? (content.body === null ? 204 : 200);
  const body = toBody(content, onStreamFailure);
  if (!hasBody(status)) return withoutContent({ status, headers, body });
  setLength(headers, body, content.length);
  return { status, headers, body };
}

/** Tells whether replies of this status have a body. */
function hasBody(status: number): boolean {
  return status !== 204 && status !== 205 && status !== 304;
}

/** Takes the body away and what describes it, and lets go of its source. */
export function withoutContent({ status, headers, body }: HttpReply): HttpReply {
  discardBody(body);
  for (const name of Object.keys(headers))
    if (isContentHeader(name) && name !== "content-location") delete headers[name];
  delete headers["x-content-type-options"];
  if (status === 205) headers["content-length"] = "0";
  return { status, headers, body: null };
}

/** Lets go of a body that nobody is going to read. */
export function discardBody(body: HttpReply["body"]): void {
  // The source has been told that its stream failed to end well; who fails over that has nobody left to tell.
  if (body instanceof ReadableStream) body.cancel().catch(() => {});
}

function applyDraft(headers: HeaderRecord, draft: ReplyDraft): void {
  for (const name in draft.headers) {
    const value = draft.headers[name];
    if (name === "set-cookie") addLines(headers, name, value);
    else if (value === undefined) delete headers[name];
    else headers[name] = value;
  }
}

/** Adds lines of a header that is sent as several. */
export function addLines(
  headers: HeaderRecord,
  name: string,
  lines: string | readonly string[] | undefined,
): void {
  if (lines !== undefined && lines.length > 0) headers[name] = [headers[name] ?? [], lines].flat(2);
}

function toHeaders(response: Response): HeaderRecord {
  const headers = createHeaders();
  // What `fetch` has brought was unpacked on the way, and neither its coding nor its length are true any more.
  const wasUnpacked = response.url !== "" && response.headers.has("content-encoding");
  for (const [name, value] of response.headers) {
    if (isHopByHop(name)) continue;
    if (wasUnpacked && (name === "content-encoding" || name === "content-length")) continue;
    if (name === "set-cookie") addLines(headers, name, value);
    else headers[name] = value;
  }
  return headers;
}

function toBody({ body }: Content, onStreamFailure: (error: unknown) => void): HttpReply["body"] {
  return body === null || typeof body === "string" || body instanceof Uint8Array
    ? body
    : toByteStream(body, onStreamFailure);
}

function setLength(headers: HeaderRecord, body: HttpReply["body"], known: number | undefined): void {
  if (body === null) headers["content-length"] = "0";
  else if (typeof body === "string") headers["content-length"] = `${toByteLength(body)}`;
  else if (body instanceof Uint8Array) headers["content-length"] = `${body.length}`;
  else if (known !== undefined) headers["content-length"] = `${known}`;
}

function isSniffed(contentType: string | string[] | undefined): boolean {
  return contentType !== undefined && !isJsonType(mediaTypeOf(contentType.toString()));
}
