/** What becomes of a stream that is sent. */
export interface StreamWatcher {
  onCancel(reason: unknown): void;
  /** Once, whatever the end. */
  onEnd(): void;
}

/** The same stream, which tells how it ends. */
export function watchStream(
  source: ReadableStream<Uint8Array>,
  watcher: StreamWatcher,
): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        watcher.onEnd();
      },
      async cancel(reason) {
        watcher.onCancel(reason);
        watcher.onEnd();
        await reader.cancel(reason);
      },
    },
    // Nothing is read before the runtime wants it.
    { highWaterMark: 0 },
  );
}
