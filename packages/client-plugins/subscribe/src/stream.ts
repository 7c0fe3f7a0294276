import { ClientError, isFailure, type TransportResponse } from "@x/client";
import type { ConnectionRequest } from "@x/client/subscribe";

/** An answer, and its body as a stream if it has one. */
interface OpenedStream {
  readonly response: TransportResponse;
  readonly stream: ReadableStream<Uint8Array> | undefined;
}

/**
 * Sends a request by the client's transport for its body as a stream.
 *
 * @throws ClientError `STREAM_UNAVAILABLE` when the transport reads the body itself.
 */
export async function openStream(request: ConnectionRequest, signal: AbortSignal): Promise<OpenedStream> {
  const { transport, ...rest } = request;
  const response = await transport({ ...rest, responseType: "stream", signal });
  const { status, data } = response;
  // A failure comes parsed.
  if (isFailure({ status }) || data === undefined) return { response, stream: undefined };
  if (data instanceof ReadableStream) return { response, stream: data };
  throw new ClientError(
    "STREAM_UNAVAILABLE",
    "the client's transport gives no streams: it has to pass on responseType, as fetchTransport does",
  );
}

/** Reads a stream, and resolves at its end. An abort ends it there and then. */
export async function readStream(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  onChunk: (chunk: Uint8Array) => void,
): Promise<void> {
  const reader = stream.getReader();
  // Not every transport ends a body when its signal aborts. Whether the other end hears of it is its own affair.
  const cancel = () => void reader.cancel().catch(() => {});
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return;
      onChunk(value);
    }
  } finally {
    signal.removeEventListener("abort", cancel);
    // Nobody reads on after what a chunk could not be made sense of.
    cancel();
  }
}

/** What a message fails with that is longer than it may be. */
export function tooLarge(maxLength: number): ClientError {
  return new ClientError("MESSAGE_TOO_LARGE", `a message is longer than ${maxLength} characters`);
}
