import { ServerError } from "../../errors.ts";
import { isNodeStream } from "./node-stream.ts";
import type { ByteSource } from "./to-content.ts";

const encoder = new TextEncoder();

/** Reads one chunk after another, and lets go of the source. */
interface ChunkReader {
  read(): Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  stop(reason: unknown): unknown;
}

/**
 * The reply's stream over whatever gives chunks. It reads only what is asked for. When it is cancelled, so is the
 * source; when the source fails, `onFailure` is told and the stream fails with the same error.
 */
export function toByteStream(
  source: ByteSource,
  onFailure: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const reader = source instanceof ReadableStream ? ofStream(source) : ofIterable(source);
  let cancelled = false;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (cancelled) return;
        if (done) return controller.close();
        const chunk = toChunk(value);
        // An empty one ends nothing, and is nothing to write either.
        if (chunk.length > 0) return controller.enqueue(chunk);
      }
    } catch (error) {
      if (cancelled) return;
      onFailure(error);
      controller.error(error);
      // What failed by itself has stopped; what gave a wrong chunk has not.
      await stop(error);
    }
  };
  const stop = async (reason: unknown): Promise<void> => {
    try {
      await reader.stop(reason);
    } catch (error) {
      if (error !== reason) onFailure(error);
    }
  };
  return new ReadableStream(
    {
      pull,
      async cancel(reason) {
        cancelled = true;
        await stop(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

function ofStream(stream: ReadableStream<unknown>): ChunkReader {
  const reader = stream.getReader();
  return { read: () => reader.read(), stop: (reason) => reader.cancel(reason) };
}

function ofIterable(iterable: AsyncIterable<unknown>): ChunkReader {
  const iterator = iterable[Symbol.asyncIterator]();
  const read = () => iterator.next();
  // A stream of Node ends at once; its iterator would wait for the chunk that has been asked for.
  if (isNodeStream(iterable)) return { read, stop: () => iterable.destroy() };
  return { read, stop: () => iterator.return?.() };
}

function toChunk(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") return encoder.encode(value);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  const kind = value === null ? "null" : typeof value;
  throw new ServerError(
    "INVALID_REPLY",
    `the reply's stream gave ${kind === "object" ? "an object" : kind}: give text or bytes, such as JSON.stringify(value)`,
  );
}
