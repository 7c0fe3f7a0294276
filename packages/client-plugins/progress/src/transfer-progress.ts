/** How far a transfer is. */
export interface TransferProgress {
  readonly transferredBytes: number;
  /** How many it will be. `undefined` while nobody knows; the last call of a transfer that arrives has it. */
  readonly totalBytes: number | undefined;
}

/** Is told how far a transfer is, again and again. */
export type OnProgress = (progress: TransferProgress) => void;

/** The same stream, whose bytes are counted as they pass. */
export function countBytes(
  stream: ReadableStream<Uint8Array>,
  totalBytes: number | undefined,
  onProgress: OnProgress,
): ReadableStream<Uint8Array> {
  let transferredBytes = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      transferredBytes += chunk.byteLength;
      onProgress({ transferredBytes, totalBytes });
    },
    flush() {
      if (totalBytes !== transferredBytes) onProgress({ transferredBytes, totalBytes: transferredBytes });
    },
  });
  return stream.pipeThrough(counter);
}
