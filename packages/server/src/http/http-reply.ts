/** A finished HTTP response, which adapters write to the wire. */
export interface HttpReply {
  readonly status: number;
  /** Names in lower case; an array is sent as several lines. */
  readonly headers: Record<string, string | string[]>;
  /**
   * Text and bytes go out in one write with a content-length; `null` is no body. A stream reads its source only as far
   * as it is read itself, and ends it when it is cancelled. Its failure has been logged when it shows: it is for the
   * adapter to break the response off, and not to log it again.
   */
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | null;
}
