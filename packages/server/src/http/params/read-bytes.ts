import { HttpError } from "../../errors.ts";
import { type BodySource, isBodySource } from "../body-source.ts";

const encoder = new TextEncoder();

/** Bodies that are bytes or text, and so have to be parsed. */
export type UnreadBody = BodySource | string | Uint8Array | ArrayBuffer | ReadableStream<Uint8Array>;

/** Tells what has to be parsed from what a test or a platform has parsed already. */
export function isUnreadBody(body: unknown): body is UnreadBody {
  return (
    isBodySource(body) ||
    typeof body === "string" ||
    body instanceof Uint8Array ||
    body instanceof ArrayBuffer ||
    body instanceof ReadableStream
  );
}

/**
 * The whole body.
 *
 * @throws HttpError 413 `BODY_TOO_LARGE` as soon as it is over `maxBytes`.
 */
export function readBytes(body: UnreadBody, maxBytes: number): Uint8Array | Promise<Uint8Array> {
  if (isBodySource(body)) return body.bytes(maxBytes);
  if (body instanceof ReadableStream) return collectBytes(body, maxBytes);
  const bytes = toBytes(body);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return bytes;
}

function toBytes(body: string | Uint8Array | ArrayBuffer): Uint8Array {
  if (typeof body === "string") return encoder.encode(body);
  return body instanceof Uint8Array ? body : new Uint8Array(body);
}

/** The body as a stream that fails with the same error once it is over `maxBytes`. */
export function toByteStream(body: UnreadBody, maxBytes: number): ReadableStream<Uint8Array> {
  if (isBodySource(body)) return body.stream(maxBytes);
  const source = body instanceof ReadableStream ? body : new Blob([body as BlobPart]).stream();
  let size = 0;
  return source.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.length;
        if (size > maxBytes) throw tooLarge(maxBytes);
        controller.enqueue(chunk);
      },
    }),
  );
}

/** Reads a stream to its end, and cancels it when it is over `maxBytes`. */
export async function collectBytes(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  if (chunks.length === 1) return chunks[0]!;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

export function tooLarge(maxBytes: number): HttpError {
  return new HttpError({
    statusCode: 413,
    code: "BODY_TOO_LARGE",
    message: `the body has more than ${maxBytes} bytes`,
  });
}
