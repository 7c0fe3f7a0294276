import type { HttpReply } from "../http/http-reply.ts";

/** Tells a reply's stream from text, bytes and nothing. Naming `ReadableStream` has Node load it. */
export function isStream(body: HttpReply["body"]): body is ReadableStream<Uint8Array> {
  return typeof body === "object" && body !== null && !(body instanceof Uint8Array);
}
