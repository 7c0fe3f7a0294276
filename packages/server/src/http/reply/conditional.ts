import type { HttpHeaders } from "../../types.ts";
import type { HttpReply } from "../http-reply.ts";
import { withoutContent } from "./to-reply.ts";

/** Gives a reply whose body is at hand a tag made of it, unless it has one of its own. */
export async function addEntityTag(reply: HttpReply): Promise<void> {
  const { status, headers, body } = reply;
  if (status !== 200 || body === null || body instanceof ReadableStream || "etag" in headers) return;
  const bytes = typeof body === "string" ? encoder.encode(body) : body;
  // Bytes over memory that threads share, which no digest takes, are nobody's reply.
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  // Weak: a proxy may pack the body, and what is asked is whether the content is the same.
  headers["etag"] = `W/"${bytes.length.toString(36)}-${toBase64(digest)}"`;
}

/** Answers a GET with a 304 where the client's copy is as good. */
export function toConditionalReply(reply: HttpReply, requestHeaders: HttpHeaders): HttpReply {
  if (reply.status !== 200 || !isFresh(reply, requestHeaders)) return reply;
  return withoutContent({ ...reply, status: 304 });
}

const encoder = new TextEncoder();
const TAG = /(?:W\/)?"[^"]*"/g;

/** Enough bytes of the digest to tell any two bodies of one address apart. */
const TAG_BYTES = 18;

function toBase64(digest: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(digest, 0, TAG_BYTES)));
}

/** RFC 9110, section 13.2.2: a tag that was asked for decides alone. */
function isFresh({ headers }: HttpReply, requestHeaders: HttpHeaders): boolean {
  const tags = requestHeaders["if-none-match"];
  const since = requestHeaders["if-modified-since"];
  if (tags === undefined && since === undefined) return false;
  // Who reloads a page wants to see all of it again.
  if (/(?:^|,)\s*no-cache\s*(?:,|$)/.test(requestHeaders["cache-control"] ?? "")) return false;
  if (tags !== undefined) {
    const tag = headers["etag"]?.toString();
    if (tag === undefined) return false;
    return tags.trim() === "*" || tags.match(TAG)?.some((it) => toOpaque(it) === toOpaque(tag)) === true;
  }
  const modified = Date.parse(headers["last-modified"]?.toString() ?? "");
  return modified <= Date.parse(since!);
}

/** A tag without its mark of weakness, which does not count when copies are compared. */
function toOpaque(tag: string): string {
  return tag.trim().replace(/^W\//, "");
}
