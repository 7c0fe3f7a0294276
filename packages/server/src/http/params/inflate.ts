import { HttpError, isHttpError } from "../../errors.ts";
import { unsupported } from "./media-type.ts";
import { collectBytes, toByteStream, type UnreadBody } from "./read-bytes.ts";

/** The codings of a packed body that every runtime can undo. Brotli is not among them yet. */
export type Coding = "gzip" | "deflate";

/**
 * Tells how a body is packed. `undefined`: not at all.
 *
 * @throws HttpError 415 with `accept-encoding` for a coding that is not supported, and for several at once.
 */
export function toCoding(contentEncoding: string | undefined): Coding | undefined {
  if (contentEncoding === undefined) return undefined;
  const coding = contentEncoding.trim().toLowerCase();
  if (coding === "" || coding === "identity") return undefined;
  if (coding === "gzip" || coding === "x-gzip") return "gzip";
  if (coding === "deflate") return "deflate";
  throw unsupported("the content-encoding is none that this API reads", {
    "accept-encoding": "gzip, deflate",
  });
}

/**
 * Unpacks a body. The limit counts for what comes out, and ends the work as soon as it is reached.
 *
 * @throws HttpError 413 `BODY_TOO_LARGE`, and 400 `MALFORMED_BODY` for what cannot be unpacked.
 */
export async function inflate(body: UnreadBody, coding: Coding, maxBytes: number): Promise<Uint8Array> {
  // Its own types leave out memory that threads share, which no request comes in.
  const unpacker = new DecompressionStream(coding) as unknown as ReadableWritablePair<Uint8Array, Uint8Array>;
  try {
    return await collectBytes(toByteStream(body, maxBytes).pipeThrough(unpacker), maxBytes);
  } catch (cause) {
    // What the source says of itself comes through as it is.
    if (isHttpError(cause)) throw cause;
    const message = `the body cannot be unpacked as ${coding}`;
    throw new HttpError({ statusCode: 400, code: "MALFORMED_BODY", message, cause });
  }
}
