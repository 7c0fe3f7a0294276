import type { ServerResponse } from "node:http";

/**
 * Sends a stream as fast as the client takes it. When the client leaves, the source is cancelled.
 *
 * @returns Once all is sent, or the client is gone.
 * @throws What the source failed with. The response is unfinished then.
 */
export async function pumpStream(
  source: ReadableStream<Uint8Array>,
  response: ServerResponse,
): Promise<void> {
  const reader = source.getReader();
  let wake: (() => void) | undefined;
  const onDrain = (): void => wake?.();
  const onClose = (): void => {
    wake?.();
    // What is being read ends with it. That a source cannot be cancelled helps nobody any more.
    reader.cancel(new DOMException("the client left", "AbortError")).catch(() => {});
  };
  response.on("drain", onDrain).on("close", onClose);
  // Events of a source that is slow to begin are waited for by a client that has its headers.
  const flush = setImmediate(() => response.flushHeaders());
  try {
    for (;;) {
      const { done, value } = await reader.read();
      clearImmediate(flush);
      if (done || response.destroyed) break;
      if (response.write(value)) continue;
      await new Promise<void>((resolve) => (wake = resolve));
    }
    response.end();
  } catch (error) {
    reader.cancel(error).catch(() => {});
    throw error;
  } finally {
    clearImmediate(flush);
    response.off("drain", onDrain).off("close", onClose);
  }
}
