/** What becomes of a stream that is sent. */
export interface StreamWatcher {
  /** Aborts when the client leaves without a word to the stream. */
  readonly signal: AbortSignal;
  onCancel(reason: unknown): void;
  /** Once, whatever the end. */
  onEnd(): void;
}

/** The same stream, which tells how it ends. */
export function watchStream(
  source: ReadableStream<Uint8Array>,
  watcher: StreamWatcher,
): ReadableStream<Uint8Array> {
  const { signal } = watcher;
  const reader = source.getReader();
  let onAbort: (() => void) | undefined;
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    if (onAbort) signal.removeEventListener("abort", onAbort);
    watcher.onEnd();
  };
  const cancel = (reason: unknown): Promise<void> => {
    watcher.onCancel(reason);
    end();
    return reader.cancel(reason);
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        onAbort = () => {
          controller.error(signal.reason);
          // Nobody is left to be told that the source failed to end well.
          cancel(signal.reason).catch(() => {});
        };
        if (signal.aborted) onAbort();
        else signal.addEventListener("abort", onAbort);
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        end();
      },
      cancel,
    },
    // Nothing is read before the runtime wants it.
    { highWaterMark: 0 },
  );
}
